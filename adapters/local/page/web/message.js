// One message with everything that hangs on it.

import { Menu } from "./menu.js";
import { Face, Icon, IconButton, Spans } from "./parts.js";
import { Poll } from "./poll.js";

const EMOJI = ["👍", "❤️", "😄", "🎉", "🙌", "👏", "🤔", "👀", "🙏", "☕", "🌱", "💡", "✅", "😮", "😢", "🔥"];

const LONG = 450;

export const Message = {
  components: { Face, Icon, IconButton, Menu, Poll, Spans },
  inject: ["cv"],
  props: { message: Object, follows: Boolean, menu: { type: Array, default: () => [] } },
  emits: ["reply", "edit", "jump"],
  data: () => ({ picking: false, up: false, sure: false, menuOpen: false }),
  computed: {
    emoji: () => EMOJI,
    time() {
      return this.cv.words().time(this.message.at, this.cv.now());
    },
    moment() {
      return this.cv.words().whole.format(this.message.at);
    },
    threadLine() {
      const thread = this.message.thread;
      if (!thread.n) return this.cv.say("noReplies");
      const when = this.cv.words().distance(thread.last, this.cv.now());
      return this.cv.say("replies", { n: thread.n }) + " · " + when;
    },
  },
  methods: {
    act(name, more = {}) {
      this.cv.act(name, { id: this.message.id, ...more });
    },
    open(event) {
      this.picking = !this.picking;
      this.up = event.currentTarget.getBoundingClientRect().bottom > window.innerHeight / 2;
    },
    react(emoji) {
      this.picking = false;
      this.act("react", { emoji });
    },
    pick(event) {
      this.act("pick", { choice: event.target.value });
      event.target.value = "";
    },
    remove() {
      if (this.sure) this.act("delete");
      this.sure = !this.sure;
    },
    rest() {
      this.picking = this.sure = false;
    },
    // A finger that stays brings the menu, as it does in other chats.
    touch(event) {
      this.lift();
      if (event.pointerType !== "touch" || event.target.closest("button, a, select")) return;
      this.pressing = setTimeout(() => this.$refs.menu?.show(), LONG);
    },
    lift() {
      clearTimeout(this.pressing);
    },
  },
  template: `
    <article class="cv-message" :id="'m' + message.id" tabindex="-1" @mouseleave="rest"
      @pointerdown="touch" @pointerup="lift" @pointercancel="lift"
      :class="{ follows, note: message.note, pinged: message.pinged, bot: message.author.bot }">
      <div v-if="message.note" class="cv-tag" :title="moment"><b>{{ message.author.name }}</b>
        <Icon name="eye" /><span>{{ cv.say("onlyYou") }}</span><IconButton icon="close" :label="cv.say('discard')" @click="act('discard')" /></div>
      <div v-if="message.pinned" class="cv-tag"><Icon name="pin" />{{ cv.say("pinned") }}</div>
      <div v-if="message.cause && !message.note" class="cv-tag">{{ cv.say("used", message.cause) }}</div>
      <button v-if="message.reply" type="button" class="cv-quote" @click="$emit('jump', message.reply.id)">
        <Icon name="reply" />
        <b>{{ message.reply.name }}</b>
        <span>{{ message.reply.id ? message.reply.text : cv.say("gone") }}</span>
      </button>
      <Face v-if="!follows" :person="message.author" :small="message.note" />
      <time v-else class="cv-side-time" :title="moment">{{ cv.words().clock.format(message.at) }}</time>
      <div class="cv-body">
        <div v-if="!follows && !message.note" class="cv-author">
          <b :style="message.author.colour ? { '--name': message.author.colour } : {}">{{ message.author.name }}</b>
          <span v-if="message.author.bot" class="cv-app">{{ cv.say("app") }}</span>
          <time :title="moment">{{ time }}</time>
        </div>
        <div v-if="message.spans.length" class="cv-text" dir="auto"
          ><Spans :spans="message.spans" /><small v-if="message.edited"> ({{ cv.say("edited") }})</small></div>
        <Poll v-if="message.poll" :message="message" />
        <template v-if="message.file">
          <a v-if="message.file.image" :href="message.file.url" target="_blank" rel="noopener">
            <img class="cv-picture" :src="message.file.url" :alt="message.file.alt" loading="lazy" />
          </a>
          <a v-else class="cv-file" :href="message.file.url" :download="message.file.name">
            <Icon name="clip" />{{ message.file.name }}
          </a>
        </template>
        <div v-for="(row, i) in message.buttons" :key="i" class="cv-buttons">
          <template v-for="button in row">
            <a v-if="button.url" class="cv-button" :href="button.url" target="_blank"
              rel="noopener noreferrer">{{ button.label }}<Icon name="link" /></a>
            <button v-else-if="button.private" type="button" class="cv-button"
              @click="cv.act('private', { address: button.private })">{{ button.label }}<Icon name="lock" /></button>
            <button v-else type="button" class="cv-button" :class="button.look" :disabled="button.disabled"
              @click="act('press', { choice: button.id })">{{ button.label }}</button>
          </template>
        </div>
        <select v-if="message.menu" class="cv-select" :aria-label="message.menu.placeholder" @change="pick">
          <option value="" selected disabled>{{ message.menu.placeholder }}</option>
          <option v-for="option in message.menu.options" :key="option.id" :value="option.id">
            {{ option.label }}{{ option.description ? " – " + option.description : "" }}
          </option>
        </select>
        <div v-if="message.reactions.length" class="cv-reactions">
          <button v-for="reaction in message.reactions" :key="reaction.emoji" type="button"
            :class="{ mine: reaction.mine }" :aria-pressed="reaction.mine" :title="reaction.who"
            @click="react(reaction.emoji)">{{ reaction.emoji }} <span>{{ reaction.n }}</span></button>
        </div>
        <button v-if="message.thread" type="button" class="cv-thread"
          @click="cv.act('open', { chat: message.thread.chat })">
          <span v-if="message.thread.faces.length" class="cv-faces"><Face v-for="face in message.thread.faces" :key="face.id" :person="face" small /></span>
          <Icon v-else name="thread" />
          <b>{{ threadLine }}</b>
        </button>
      </div>
      <div v-if="!message.note" class="cv-tools" :class="{ open: picking || menuOpen }">
        <IconButton icon="smile" :label="cv.say('react')" :aria-expanded="picking" @click="open" />
        <IconButton icon="reply" :label="cv.say('reply')" @click="$emit('reply', message)" />
        <IconButton v-if="message.mine" icon="edit" :label="cv.say('edit')" @click="$emit('edit', message)" />
        <IconButton v-if="message.deletable" icon="bin" :label="cv.say('delete')" :class="{ sure }" @click="remove" />
        <Menu v-if="menu.length" ref="menu" :items="menu" @take="act('menu', { path: $event })" @toggle="menuOpen = $event" />
        <div v-if="picking" class="cv-emoji" :class="{ up }" @keydown.esc.stop="picking = false">
          <button v-for="one in emoji" :key="one" type="button" :aria-label="one" @click="react(one)">{{ one }}</button>
        </div>
      </div>
    </article>`,
};
