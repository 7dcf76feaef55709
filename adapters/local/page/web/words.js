// The page's words and moments in the reader's language. All formatting is the browser's own.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export class Words {
  constructor(words, language, zone) {
    this.words = words;
    const date = (options) => new Intl.DateTimeFormat(language, { timeZone: zone, ...options });
    this.plural = new Intl.PluralRules(language);
    this.clock = date({ hour: "numeric", minute: "2-digit" });
    this.dayName = date({ weekday: "long", day: "numeric", month: "long" });
    this.short = date({ weekday: "short", day: "numeric", month: "short" });
    this.whole = date({ dateStyle: "full", timeStyle: "short" });
    this.key = new Intl.DateTimeFormat("en-CA", { timeZone: zone });
    this.ago = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "short" });
  }

  say(key, parts = {}) {
    let text = this.words[key] ?? key;
    if (typeof text === "object") {
      text = text[this.plural.select(parts.n) === "one" ? "one" : "other"];
    }
    return text.replace(/\{(\w+)\}/g, (place, name) => parts[name] ?? place);
  }

  day(at, now) {
    const day = this.key.format(at);
    if (day === this.key.format(now)) return this.say("today");
    if (day === this.key.format(now - 24 * HOUR)) return this.say("yesterday");
    return this.dayName.format(at);
  }

  sameDay(one, other) {
    return this.key.format(one) === this.key.format(other);
  }

  // "5 min ago" within the hour, else the time of day.
  time(at, now) {
    const passed = now - at;
    if (Math.abs(passed) < MINUTE) return this.say("justNow");
    if (passed > 0 && passed < HOUR) return this.ago.format(-Math.floor(passed / MINUTE), "minute");
    return this.clock.format(at);
  }

  // How far away a moment is, in the largest fitting unit.
  distance(at, now) {
    const gap = at - now;
    const size = Math.abs(gap);
    if (size < MINUTE) return gap < 0 ? this.say("justNow") : this.ago.format(1, "minute");
    if (size < HOUR) return this.ago.format(Math.trunc(gap / MINUTE), "minute");
    if (size < 24 * HOUR) return this.ago.format(Math.trunc(gap / HOUR), "hour");
    return this.ago.format(Math.trunc(gap / (24 * HOUR)), "day");
  }
}
