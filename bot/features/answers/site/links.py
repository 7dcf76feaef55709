"""Where each page stands, below the root of a community's pages. Pure."""

INDEX = "index.html"
PER_PAGE = 200
"""Questions on one page of a topic."""


def question(number: int) -> str:
    """The page of a question."""
    return f"questions/{number}.html"


def topic(number: int, page: int = 0) -> str:
    """A page of a topic; 0: the questions without one."""
    return f"topics/{number}{f'-{page + 1}' if page else ''}.html"


def pages(count: int) -> int:
    """How many pages so many questions of a topic take."""
    return max(1, -(-count // PER_PAGE))


def parsed(path: str) -> tuple[str, int, int] | None:
    """("index", 0, 0), ("topic", number, page) or ("question", number, 0); None for no page."""
    if path in ("", INDEX):
        return ("index", 0, 0)
    folder, _, name = path.partition("/")
    stem, dot, ending = name.rpartition(".")
    number, dash, page = stem.partition("-")
    good = dot and ending == "html" and _is_number(number) and (not dash or _is_number(page))
    if not good:
        return None
    if folder == "questions" and not dash:
        return ("question", int(number), 0)
    if folder == "topics" and (not dash or int(page) > 1):
        return ("topic", int(number), int(page) - 1 if dash else 0)
    return None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 15
