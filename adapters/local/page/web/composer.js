// Where one writes: Enter sends, a slash brings commands, an at sign names, Escape lets go.

import { Icon, IconButton } from "./parts.js";

const ASKS = /^\/|(^|\s)@[^@\n]{0,40}$/;

export const Composer = {
  components: { Icon, IconButton },
  inject: ["cv"],
  props: { room: Object, private: String, limit: Number },
  emits: ["last"],
  data: () => ({ text: "", reply: null, editing: null, file: null, items: [], usage: null, chosen: 0, asked: 0 }),
  computed: {
    placeholder() {
      if (this.room.chat === this.private) return this.cv.say("writePrivate");
      if (this.room.kind === "thread") return this.cv.say("writeAnswer");
      return this.cv.say("writeIn", { room: "#" + this.room.title });
    },
  },
  watch: {
    text() {
      this.$nextTick(this.grow);
      this.ask();
    },
    "room.chat"() {
      this.letGo();
      this.text = "";
    },
  },
  methods: {
    answer(message) {
      this.editing = null;
      this.reply = message;
      this.$refs.text.focus();
    },
    change(message) {
      this.reply = null;
      this.editing = message;
      this.text = message.raw;
      this.$refs.text.focus();
    },
    type(text) {
      this.letGo();
      this.text = text;
      this.$refs.text.focus();
    },
    focus() {
      this.$refs.text.focus();
    },
    letGo() {
      if (this.editing) this.text = "";
      this.reply = this.editing = this.file = this.usage = null;
      this.items = [];
    },
    grow() {
      const area = this.$refs.text;
      area.style.height = "auto";
      area.style.height = Math.min(area.scrollHeight, 180) + "px";
    },
    ask() {
      if (!ASKS.test(this.text) || this.editing) {
        this.items = [];
        this.usage = null;
        return;
      }
      this.asked += 1;
      this.cv.act("complete", { n: this.asked, line: this.text });
    },
    suggest(step) {
      if (step.n !== this.asked || !ASKS.test(this.text)) return;
      this.items = step.items;
      this.usage = step.usage;
      this.chosen = 0;
    },
    take(item) {
      this.text = item.insert;
      this.items = [];
      this.$refs.text.focus();
    },
    key(event) {
      if (event.isComposing) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (this.items.length && step) {
        this.chosen = (this.chosen + step + this.items.length) % this.items.length;
        this.$nextTick(() => this.$el.querySelector(".cv-suggestions .here")?.scrollIntoView({ block: "nearest" }));
      } else if (this.items.length && (event.key === "Tab" || (event.key === "Enter" && this.unfinished()))) {
        this.take(this.items[this.chosen]);
      } else if (event.key === "Enter" && !event.shiftKey) {
        this.send();
      } else if (event.key === "ArrowUp" && !this.text) {
        this.$emit("last");
      } else if (event.key === "Escape" && this.items.length) {
        this.items = [];
      } else if (event.key === "Escape") {
        this.letGo();
      } else {
        return;
      }
      event.preventDefault();
    },
    // Enter completes a line that would change by it; a finished one is sent.
    unfinished() {
      return this.items[this.chosen].insert.trim() !== this.text.trim();
    },
    send() {
      const text = this.text.trim();
      if (this.editing) {
        if (text) this.cv.act("edit", { id: this.editing.id, text });
      } else if (text || this.file) {
        this.cv.act("say", { text, reply: this.reply?.id, file: this.file });
      } else {
        return;
      }
      this.reply = this.editing = this.file = this.usage = null;
      this.items = [];
      this.text = "";
    },
    async attach(event) {
      const [file] = event.target.files;
      event.target.value = "";
      if (!file) return;
      if (file.size > this.limit) {
        this.cv.notify("tooBig", { n: Math.floor(this.limit / 1000) });
        return;
      }
      const bytes = new Uint8Array(await file.arrayBuffer());
      let binary = "";
      for (const byte of bytes) binary += String.fromCharCode(byte);
      this.file = { name: file.name, data: btoa(binary) };
    },
  },
  template: `
    <form class="cv-composer" @submit.prevent="send">
      <div v-if="items.length" id="cv-suggestions" class="cv-suggestions" role="listbox" :aria-label="placeholder">
        <button v-for="(item, i) in items" :key="item.insert" type="button" role="option" :id="'suggestion-' + i" :aria-selected="i === chosen"
          :class="{ here: i === chosen }" @click="take(item)" @mousemove="chosen = i">
          <b>{{ item.label }}</b><span>{{ item.detail }}</span>
        </button>
      </div>
      <div v-if="usage" class="cv-usage">
        <b>{{ usage.path }}</b>
        <span v-for="param in usage.params" :key="param.name" :class="{ active: param.active }">
          {{ param.name }}<small v-if="!param.required"> ({{ cv.say("optional") }})</small><template
            v-if="param.active">: {{ param.description }}</template></span>
      </div>
      <div v-if="reply || editing" class="cv-context">
        <Icon :name="reply ? 'reply' : 'edit'" />
        <span>{{ reply ? cv.say("replyingTo", { name: reply.author.name }) : cv.say("editing") }}</span>
        <IconButton icon="close" :label="cv.say('cancel')" @click="letGo" />
      </div>
      <div v-if="file" class="cv-context">
        <Icon name="clip" /><span>{{ file.name }}</span>
        <IconButton icon="close" :label="cv.say('removeFile')" @click="file = null" />
      </div>
      <div class="cv-write">
        <IconButton icon="clip" :label="cv.say('attach')" @click="$refs.file.click()" />
        <input ref="file" type="file" hidden @change="attach" />
        <textarea ref="text" v-model="text" rows="1" dir="auto" :placeholder="placeholder"
          :aria-label="placeholder" :aria-controls="items.length ? 'cv-suggestions' : null"
          :aria-activedescendant="items.length ? 'suggestion-' + chosen : null" @keydown="key"></textarea>
        <button type="submit" class="cv-send" :aria-label="cv.say('send')" :title="cv.say('send')"
          :disabled="!text.trim() && !file"><Icon name="send" /></button>
      </div>
    </form>`,
};
