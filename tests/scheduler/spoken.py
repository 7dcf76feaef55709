"""Says a recurrence in four languages, in order to hear whether it is understood."""

from collections.abc import Callable
from datetime import time

from scheduler.recurrence import Recurrence

_EN = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()  # noqa: SIM905 -- short
_FR = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()  # noqa: SIM905 -- short
_ES = "lunes martes miércoles jueves viernes sábado domingo".split()  # noqa: SIM905 -- short
_PT = "segunda terça quarta quinta sexta sábado domingo".split()  # noqa: SIM905 -- short
_EN_MONTHS = "January February March April May June July August September October November December"
_FR_MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
_ES_MONTHS = (
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
)
_PT_MONTHS = (
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"
)
_EN_NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}
_FR_NTH = {1: "premier", 2: "deuxième", 3: "troisième", 4: "quatrième", 5: "5e", -1: "dernier"}
_ES_NTH = {1: "primer", 2: "segundo", 3: "tercer", 4: "cuarto", 5: "quinto", -1: "último"}
_PT_NTH = {1: "primeira", 2: "2ª", 3: "terceira", 4: "4ª", 5: "5ª", -1: "última"}


def english(said: Recurrence) -> str:
    """ "every 3 days from 2026-01-01 at 9:00 and 18:30"."""
    clock = " and ".join(f"{moment:%H:%M}" for moment in said.times)
    days = " and ".join(f"{_EN[day]}s" for day in said.weekdays)
    nth = " and ".join(_EN_NTH[n] for n in said.nth)
    dates = ", ".join("last day" if day < 0 else f"{day}th" for day in said.days)
    if said.stride:
        return f"every {said.stride.count} days from {said.stride.anchor} at {clock}"
    return {
        "daily": f"every day at {clock}",
        "weekly": f"{days} {clock}",
        "monthly": f"on the {dates} of the month at {clock}",
        "monthly_weekday": f"{nth} {days} of the month {clock}",
        "yearly": f"{_EN_MONTHS.split()[said.month - 1]} {dates}, {clock}",
    }[said.kind]


def french(said: Recurrence) -> str:
    """ "tous les 3 jours à partir du 2026-01-01 à 9h00 et à 18h30"."""
    clock = " et à ".join(_h(moment) for moment in said.times)
    days = " et ".join(_FR[day] for day in said.weekdays)
    nth = " et ".join(_FR_NTH[n] for n in said.nth)
    dates = ", le ".join("dernier jour" if day < 0 else str(day) for day in said.days)
    if said.stride:
        return f"tous les {said.stride.count} jours à partir du {said.stride.anchor} à {clock}"
    return {
        "daily": f"tous les jours à {clock}",
        "weekly": f"le {days} à {clock}",
        "monthly": f"le {dates} du mois à {clock}",
        "monthly_weekday": f"les {nth} {days} du mois à {clock}",
        "yearly": f"le {dates} {_FR_MONTHS.split()[said.month - 1]} à {clock}",
    }[said.kind]


def spanish(said: Recurrence) -> str:
    """ "cada 3 días desde el 2026-01-01 a las 9:00 y 18:30"."""
    clock = " y ".join(f"{moment.hour}:{moment.minute:02}" for moment in said.times)
    days = " y ".join(_ES[day] for day in said.weekdays)
    nth = " y ".join(_ES_NTH[n] for n in said.nth)
    dates = ", ".join("último día" if day < 0 else str(day) for day in said.days)
    if said.stride:
        return f"cada {said.stride.count} días desde el {said.stride.anchor} a las {clock}"
    return {
        "daily": f"todos los días a las {clock}",
        "weekly": f"los {days} a las {clock}",
        "monthly": f"el {dates} de cada mes a las {clock}",
        "monthly_weekday": f"{nth} {days} de cada mes a las {clock}",
        "yearly": f"el {dates} de {_ES_MONTHS.split()[said.month - 1]} a las {clock}",
    }[said.kind]


def portuguese(said: Recurrence) -> str:
    """ "a cada 3 dias a partir de 2026-01-01 às 9h00 e 18h30"."""
    clock = " e ".join(_h(moment) for moment in said.times)
    days = " e ".join(_PT[day] for day in said.weekdays)
    nth = " e ".join(_PT_NTH[n] for n in said.nth)
    dates = ", ".join("último dia" if day < 0 else str(day) for day in said.days)
    if said.stride:
        return f"a cada {said.stride.count} dias a partir de {said.stride.anchor} às {clock}"
    return {
        "daily": f"todos os dias às {clock}",
        "weekly": f"{days} às {clock}",
        "monthly": f"no {dates} do mês às {clock}",
        "monthly_weekday": f"{nth} {days} do mês às {clock}",
        "yearly": f"{dates} de {_PT_MONTHS.split()[said.month - 1]} às {clock}",
    }[said.kind]


def _h(moment: time) -> str:
    return f"{moment.hour}h{moment.minute:02}"


LANGUAGES: list[Callable[[Recurrence], str]] = [english, french, spanish, portuguese]
