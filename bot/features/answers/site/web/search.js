"use strict";
// Finds questions by the beginnings of words, whatever their accents, without any server.
(() => {
  const box = document.getElementById("words");
  const found = document.getElementById("found");
  if (!box) return;
  const MOST = 30;
  const bare = (text) =>
    text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const parts = (text) => bare(text).match(/[\p{L}\p{N}]+/gu) || [];
  const entries = JSON.parse(document.getElementById("index").textContent).map(
    ([number, question, answer]) => ({
      number,
      question,
      asked: " " + parts(question).join(" "),
      answered: " " + parts(answer).join(" "),
    }),
  );
  const worth = (entry, wanted) => {
    let sum = 0;
    for (const word of wanted) {
      if (entry.asked.includes(" " + word)) sum += 3;
      else if (entry.answered.includes(" " + word)) sum += 1;
      else if (word.length > 2 && entry.asked.includes(word)) sum += 1;
      else sum -= 2;
    }
    return sum;
  };
  const show = () => {
    const wanted = parts(box.value);
    found.replaceChildren();
    found.hidden = wanted.length === 0;
    if (!wanted.length) return;
    const best = entries
      .map((entry) => [worth(entry, wanted), entry])
      .filter(([sum]) => sum > 0)
      .sort(([a, x], [b, y]) => b - a || y.number - x.number)
      .slice(0, MOST);
    const head = document.createElement("p");
    head.textContent = best.length ? `${found.dataset.found} ${best.length}` : found.dataset.nothing;
    const list = document.createElement("ul");
    for (const [, entry] of best) {
      const line = document.createElement("li");
      const link = document.createElement("a");
      link.href = `questions/${entry.number}.html`;
      link.textContent = entry.question;
      line.append(link);
      list.append(line);
    }
    found.append(head, list);
  };
  box.addEventListener("input", show);
  if (box.value) show();
})();
