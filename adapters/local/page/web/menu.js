// The commands that can be given on one message: a button, and a menu that the arrow keys walk.

import { IconButton } from "./parts.js";

const STEPS = { ArrowDown: 1, ArrowUp: -1 };

export const Menu = {
  components: { IconButton },
  inject: ["cv"],
  props: { items: Array },
  emits: ["take", "toggle"],
  data: () => ({ open: false, up: false }),
  watch: {
    open() {
      this.$emit("toggle", this.open);
    },
  },
  mounted() {
    this.outside = (event) => {
      if (!this.$el.contains(event.target)) this.open = false;
    };
    document.addEventListener("pointerdown", this.outside);
  },
  beforeUnmount() {
    document.removeEventListener("pointerdown", this.outside);
  },
  methods: {
    show() {
      this.open = true;
      this.up = this.$el.getBoundingClientRect().bottom > window.innerHeight / 2;
      this.$nextTick(() => this.lines()[0]?.focus());
    },
    hide() {
      this.open = false;
      this.$el.querySelector("button").focus();
    },
    toggle() {
      if (this.open) this.hide();
      else this.show();
    },
    take(path) {
      this.hide();
      this.$emit("take", path);
    },
    lines() {
      return [...this.$el.querySelectorAll("[role=menuitem]")];
    },
    key(event) {
      if (event.key === "Tab") {
        this.open = false;
        return;
      }
      const lines = this.lines();
      const at = lines.indexOf(document.activeElement);
      const step = STEPS[event.key];
      if (step) lines[(at + step + lines.length) % lines.length].focus();
      else if (event.key === "Home") lines[0].focus();
      else if (event.key === "End") lines.at(-1).focus();
      else if (event.key === "Escape") this.hide();
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
  },
  template: `
    <div class="cv-more-menu">
      <IconButton icon="more" :label="cv.say('more')" aria-haspopup="menu" :aria-expanded="open" @click="toggle" />
      <div v-if="open" class="cv-menu" :class="{ up }" role="menu" :aria-label="cv.say('more')" @keydown="key">
        <button v-for="item in items" :key="item.path" type="button" role="menuitem" tabindex="-1" dir="auto"
          @click="take(item.path)">{{ item.name }}</button>
      </div>
    </div>`,
};
