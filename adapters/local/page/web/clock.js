// The community's date and time, and how fast it passes.

import { Icon, IconButton } from "./parts.js";

const PACES = [
  { speed: 0, word: "pause", sign: "" },
  { speed: 1, word: "realTime", sign: "1×" },
  { speed: 60, word: "minuteSecond", sign: "60×" },
  { speed: 3600, word: "hourSecond", sign: "1 h/s" },
];

export const Clock = {
  components: { Icon, IconButton },
  inject: ["cv"],
  props: { clock: Object },
  data: () => ({ open: false, shown: 0 }),
  computed: {
    paces: () => PACES,
    day() {
      return this.cv.words().short.format(this.shown);
    },
    time() {
      return this.cv.words().clock.format(this.shown);
    },
  },
  mounted() {
    this.beat();
    this.timer = setInterval(() => this.beat(), 250);
    this.outside = (event) => {
      if (!this.$el.contains(event.target)) this.open = false;
    };
    document.addEventListener("pointerdown", this.outside);
  },
  beforeUnmount() {
    clearInterval(this.timer);
    document.removeEventListener("pointerdown", this.outside);
  },
  methods: {
    beat() {
      this.shown = Math.floor(this.cv.exact() / 60_000) * 60_000;
    },
    set(speed) {
      this.cv.act("speed", { speed });
    },
  },
  template: `
    <div class="cv-clock" @keydown.esc.stop="open = false">
      <button type="button" class="cv-pill" :aria-label="cv.say('time')" :aria-expanded="open" @click="open = !open">
        <Icon :name="clock.speed ? 'clock' : 'pause'" />
        <span class="cv-wide">{{ day }}</span><b>{{ time }}</b>
        <i v-if="clock.speed > 1">{{ paces.find((p) => p.speed === clock.speed)?.sign ?? clock.speed + "×" }}</i>
      </button>
      <div v-if="open" class="cv-popover" role="group" :aria-label="cv.say('time')">
        <div class="cv-popover-day">{{ cv.words().dayName.format(shown) }}, {{ time }}</div>
        <button v-for="pace in clock.lapse ? paces : []" :key="pace.speed" type="button" class="cv-pace"
          :class="{ here: clock.speed === pace.speed }" :aria-pressed="clock.speed === pace.speed"
          @click="set(pace.speed)">
          <Icon :name="pace.speed ? 'play' : 'pause'" /><span>{{ cv.say(pace.word) }}</span><i>{{ pace.sign }}</i>
        </button>
        <button v-if="clock.leaps" type="button" class="cv-pace" @click="cv.act('leap')">
          <Icon name="skip" /><span>{{ cv.say("nextEvent") }}</span>
        </button>
      </div>
    </div>`,
};
