// The page: it keeps what the server told it, draws it, and passes on what people do.

import { Clock, Composer, Face, FormDialog, Icon, IconButton, Message, PeopleDialog, Rooms, Words } from "convive-local";

const TOGETHER = 5 * 60_000;
const NEAR = 120;
const END = 30;
const KEPT = 100;

export default {
  components: { Clock, Composer, Face, FormDialog, Icon, IconButton, Message, PeopleDialog, Rooms },
  props: { start: Object },
  provide() {
    const words = () => this.words;
    return {
      cv: {
        words,
        say: (key, parts) => this.words.say(key, parts),
        act: (act, more) => this.$emit("act", { act, ...more }),
        now: () => this.minute,
        exact: () => this.exact(),
        type: (text) => this.$refs.composer?.type(text),
        notify: (key, parts) => this.notify(key, parts),
      },
    };
  },
  data() {
    return { ...this.begin(this.start), minute: 0, drawer: false, choosing: !this.start.me, notice: "", away: 0 };
  },
  computed: {
    words() {
      return new Words(this.strings, this.language, this.room?.zone ?? "UTC");
    },
    lines() {
      let above, before;
      return this.arranged.map((message) => {
        const newDay = !this.known.has(message.under) && (!before || !this.words.sameDay(before.at, message.at));
        const bare = !message.reply && !message.note && !message.cause && !message.pinned;
        const together = bare && above && !above.note && above.author.id === message.author.id;
        const follows = together && !newDay && message.at - above.at < TOGETHER;
        if (!this.known.has(message.under)) before = message;
        above = message;
        return { message, newDay, follows };
      });
    },
    known() {
      return new Set(this.messages.map((message) => message.id));
    },
    // A note stands under the message that was pressed on, wherever that is.
    arranged() {
      const notes = {};
      for (const message of this.messages) if (message.under) (notes[message.under] ??= []).push(message);
      const whole = (message) => [message, ...(notes[message.id] ?? []).flatMap(whole)];
      return this.messages.filter((message) => !this.known.has(message.under)).flatMap(whole);
    },
    identity() {
      return this.me ? this.words.say("youAre", { name: this.me.name }) : this.words.say("choosePerson");
    },
    subtitle() {
      if (this.room.kind === "private") return this.words.say("privateHint");
      const members = this.words.say("members", { n: this.room.members });
      return this.room.group + " · " + members;
    },
  },
  created() {
    this.stuck = true;
    this.since = performance.now();
    this.tick();
  },
  mounted() {
    this.timer = setInterval(() => this.tick(), 1000);
    document.documentElement.lang = this.language;
    // Pictures and late words grow the list: who was at its end stays there.
    this.growth = new ResizeObserver(() => this.stuck && this.down());
    this.growth.observe(this.$refs.inner);
    this.growth.observe(this.$refs.list);
    this.toEnd();
    this.remember();
  },
  beforeUnmount() {
    clearInterval(this.timer);
    this.growth.disconnect();
  },
  methods: {
    begin(whole) {
      return {
        me: whole.me,
        private: whole.private,
        strings: whole.words,
        language: whole.language,
        languages: whole.languages,
        limit: whole.limit,
        people: whole.people,
        tree: whole.tree,
        clock: whole.clock,
        forms: whole.forms,
        ...this.entered(whole.room),
      };
    },
    entered(room) {
      return { room, messages: room?.messages ?? [], more: room?.more ?? false };
    },
    exact() {
      return this.clock.now + (performance.now() - this.since) * this.clock.speed;
    },
    tick() {
      const minute = Math.floor(this.exact() / 60_000) * 60_000;
      if (minute !== this.minute) this.minute = minute;
    },
    apply(steps) {
      const atEnd = this.stuck;
      const seen = this.known;
      let mine = false;
      for (const step of steps) mine = this.one(step) || mine;
      const note = steps.findLast((step) => step.message?.note && !seen.has(step.message.id));
      if (note) this.$nextTick(() => this.bring(note.message.id));
      if (note || (!mine && !atEnd)) return;
      this.toEnd();
      if (this.messages.length > 2 * KEPT) {
        this.messages = this.messages.slice(-KEPT);
        this.more = true;
      }
    },
    // Carries one step out; true if it shows words of one's own.
    one(step) {
      if (step.step === "message") return this.put(step.message);
      if (step.step === "drop") this.messages = this.messages.filter((m) => m.id !== step.id);
      else if (step.step === "tree") this.tree = step.tree;
      else if (step.step === "people") this.people = step.people;
      else if (step.step === "head") this.room = { ...this.room, ...step.head };
      else if (step.step === "form") this.forms = [...this.forms.filter((f) => f.id !== step.form.id), step.form];
      else if (step.step === "noForm") this.forms = this.forms.filter((f) => f.id !== step.id);
      else if (step.step === "suggest") this.$refs.composer?.suggest(step);
      else if (step.step === "notice") this.notify(step.word);
      else if (step.step === "earlier") this.prepend(step);
      else if (step.step === "room") this.enter(this.entered(step.room));
      else if (step.step === "whole") this.enter(this.begin(step.whole), step.whole);
      else if (step.step === "clock") this.setClock(step.clock);
      return false;
    },
    put(message) {
      const at = this.messages.findIndex((m) => m.id === message.id);
      if (at >= 0) {
        this.messages[at] = message;
        return false;
      }
      const later = this.messages.findIndex((m) => Number(m.id) > Number(message.id));
      if (later === 0 && this.more) return false;
      this.messages.splice(later < 0 ? this.messages.length : later, 0, message);
      if (!this.stuck && !message.note) this.away += 1;
      return message.mine;
    },
    enter(state, whole) {
      Object.assign(this, state);
      if (whole) {
        this.setClock(whole.clock);
        document.documentElement.lang = this.language;
      }
      this.toEnd();
      this.remember();
      if (window.matchMedia("(min-width: 800px)").matches) this.$nextTick(() => this.$refs.composer?.focus());
    },
    setClock(clock) {
      this.clock = clock;
      this.since = performance.now();
      this.tick();
    },
    remember() {
      const query = new URLSearchParams();
      if (this.me) query.set("as", this.me.id);
      if (this.room) query.set("in", this.room.chat);
      history.replaceState(null, "", "?" + query);
    },
    nearEnd(near = NEAR) {
      const list = this.$refs.list;
      return !list || list.scrollHeight - list.scrollTop - list.clientHeight < near;
    },
    toEnd() {
      this.away = 0;
      this.stuck = true;
      this.$nextTick(this.down);
    },
    // No further than needed: what the note is about should stay in sight.
    bring(id) {
      document.getElementById("m" + id)?.scrollIntoView({ block: "nearest" });
      this.stuck = this.nearEnd(END);
    },
    down() {
      const list = this.$refs.list;
      if (list) list.scrollTop = list.scrollHeight;
    },
    scrolled() {
      this.stuck = this.nearEnd();
      if (this.stuck) this.away = 0;
    },
    earlier() {
      this.$emit("act", { act: "earlier", before: this.messages[0].id });
    },
    prepend(step) {
      const list = this.$refs.list;
      const below = list.scrollHeight - list.scrollTop;
      const known = new Set(this.messages.map((m) => m.id));
      this.messages = [...step.messages.filter((m) => !known.has(m.id)), ...this.messages];
      this.more = step.more;
      this.stuck = false;
      this.$nextTick(() => (list.scrollTop = list.scrollHeight - below));
    },
    jump(id) {
      const target = document.getElementById("m" + id);
      target?.scrollIntoView({ block: "center", behavior: "smooth" });
      target?.classList.add("found");
      setTimeout(() => target?.classList.remove("found"), 1600);
    },
    openDrawer() {
      this.drawer = true;
      this.$nextTick(() => this.$el.querySelector(".cv-room")?.focus());
    },
    changeLast() {
      const last = this.messages.findLast((m) => m.mine);
      if (last) this.$refs.composer.change(last);
    },
    notify(key, parts) {
      this.notice = this.words.say(key, parts);
      clearTimeout(this.noticeTimer);
      this.noticeTimer = setTimeout(() => (this.notice = ""), 4000);
    },
  },
  template: `
    <div class="cv" :class="{ drawer }">
      <Rooms :tree="tree" :here="room?.chat" :private="private" @close="drawer = false" @keydown.esc="drawer = false" />
      <div v-if="drawer" class="cv-scrim" @click="drawer = false"></div>
      <main class="cv-main">
        <header class="cv-head">
          <IconButton class="cv-narrow" icon="menu" :label="words.say('openRooms')" @click="openDrawer" />
          <IconButton v-if="room?.parent" icon="left" :label="'#' + room.parent.title"
            @click="$emit('act', { act: 'open', chat: room.parent.chat })" />
          <div class="cv-title">
            <h1 v-if="room"><span v-if="room.kind === 'room'" aria-hidden="true">#</span>{{
              room.kind === "private" ? words.say("private") : room.title }}</h1>
            <p v-if="room">{{ subtitle }}</p>
          </div>
          <Clock :clock="clock" />
          <button type="button" class="cv-pill" :aria-label="identity" :title="identity" @click="choosing = true">
            <Face v-if="me" :person="me" small />
            <span class="cv-wide">{{ identity }}</span>
            <Icon name="down" />
          </button>
        </header>
        <button v-if="room?.pin" type="button" class="cv-pin" @click="jump(room.pin.id)">
          <Icon name="pin" /><b>{{ words.say("pinned") }}</b><span>{{ room.pin.text }}</span>
        </button>
        <div ref="list" class="cv-list" role="log" aria-live="polite" tabindex="0" :aria-label="room?.title" @scroll.passive="scrolled">
          <div ref="inner">
          <button v-if="more" type="button" class="cv-button cv-more" @click="earlier">{{ words.say("older") }}</button>
          <div v-else-if="room?.root" class="cv-root"><Message :message="room.root" /></div>
          <p v-else-if="room" class="cv-faint cv-begin">{{ words.say("beginning") }}</p>
          <template v-for="line in lines" :key="line.message.id">
            <div v-if="line.newDay" class="cv-day"><span>{{ words.day(line.message.at, minute) }}</span></div>
            <Message :message="line.message" :follows="line.follows" :menu="room.menu" @reply="$refs.composer.answer($event)"
              @edit="$refs.composer.change($event)" @jump="jump" />
          </template>
          </div>
        </div>
        <button v-if="away" type="button" class="cv-newest" @click="toEnd"><Icon name="down" />{{ words.say("newest") }}</button>
        <Composer v-if="room" ref="composer" :room="room" :private="private" :limit="limit" @last="changeLast" />
      </main>
      <FormDialog v-if="forms.length" :key="forms[0].id" :form="forms[0]" />
      <PeopleDialog v-if="choosing" :people="people" :me="me" :languages="languages" :language="language"
        @close="choosing = false" />
      <div class="cv-notice" role="status" :class="{ shown: notice }">{{ notice }}</div>
    </div>`,
};
