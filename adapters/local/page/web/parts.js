// Small pieces: icons, faces, spans of text.

const PATHS = {
  menu: "M4 6h16M4 12h16M4 18h16",
  close: "M6 6l12 12M18 6L6 18",
  send: "M5 12h13M12 5l7 7-7 7",
  reply: "M10 6l-6 6 6 6M4 12h10a6 6 0 0 1 6 6",
  smile: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8.5 14.5a4.5 4.5 0 0 0 7 0M9 9.5v.01M15 9.5v.01",
  edit: "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
  bin: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13",
  clip: "M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.3 3.3 0 0 1 4.7 4.7l-8.3 8.2a1.6 1.6 0 0 1-2.3-2.3L14.5 7",
  pin: "M9 4h6l-1 6 3 3v2H7v-2l3-3zM12 15v5",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6z",
  thread: "M5 5h14v10H11l-4 4v-4H5z",
  down: "M6 9l6 6 6-6",
  left: "M15 6l-6 6 6 6",
  link: "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
  pause: "M8 5v14M16 5v14",
  play: "M7 5l12 7-12 7z",
  skip: "M5 5l10 7-10 7zM19 5v14",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3 2",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  more: "M5 11.6v.8M12 11.6v.8M19 11.6v.8",
  plus: "M12 5v14M5 12h14",
};

export const Icon = {
  props: { name: String },
  computed: {
    path() {
      return PATHS[this.name];
    },
  },
  template: `<svg class="cv-icon" viewBox="0 0 24 24" aria-hidden="true"><path :d="path" /></svg>`,
};

export const Face = {
  props: { person: Object, small: Boolean },
  template: `
    <span class="cv-face" :class="{ small, bot: person.bot }" aria-hidden="true"
      :style="person.colour ? { background: person.colour } : {}">{{ person.initials }}</span>`,
};

export const Spans = {
  inject: ["cv"],
  props: { spans: Array },
  methods: {
    // Links that people typed; everything else stays as it was typed.
    pieces(span) {
      if (span.url || span.private || span.code || span.member) return [span];
      return span.t.split(/(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])/).map((t, i) => ({
        ...span,
        t,
        url: i % 2 ? t : undefined,
      }));
    },
    look(span) {
      return {
        bold: span.bold,
        italic: span.italic,
        code: span.code,
        quote: span.quote,
        mention: span.member,
        me: span.member === "me",
      };
    },
    name(span) {
      return span.member ? "@" + span.t.replace(/^@/, "") : span.t;
    },
  },
  template: `
    <template v-for="span in spans"><template v-for="piece in pieces(span)"
      ><a v-if="piece.url" :href="piece.url" :class="look(piece)" target="_blank"
        rel="noopener noreferrer nofollow">{{ piece.t }}</a
      ><a v-else-if="piece.private" href="#" @click.prevent="cv.act('private', { address: piece.private })">{{ piece.t }}</a
      ><button v-else-if="piece.code && piece.t.startsWith('/')" type="button" class="cv-command"
        @click="cv.type(piece.t)"><code>{{ piece.t }}</code></button
      ><code v-else-if="piece.code">{{ piece.t }}</code
      ><span v-else :class="look(piece)">{{ name(piece) }}</span></template></template>`,
};

export const IconButton = {
  components: { Icon },
  props: { icon: String, label: String },
  template: `
    <button type="button" class="cv-icon-button" :aria-label="label" :title="label">
      <Icon :name="icon" />
    </button>`,
};
