// The left column: groups, their rooms, the threads in them, and the private conversation.

import { Icon, IconButton } from "./parts.js";

export const Rooms = {
  components: { Icon, IconButton },
  inject: ["cv"],
  props: { tree: Object, here: String, private: String },
  emits: ["close"],
  methods: {
    open(chat) {
      this.cv.act("open", { chat });
      this.$emit("close");
    },
    line(room) {
      return { here: room.chat === this.here, unread: room.unread && room.chat !== this.here };
    },
  },
  template: `
    <nav class="cv-rooms" :aria-label="cv.say('rooms')">
      <div class="cv-brand">
        <span class="cv-mark" aria-hidden="true"><i></i><i></i><i></i></span>Convive
        <IconButton class="cv-narrow" icon="close" :label="cv.say('closeRooms')" @click="$emit('close')" />
      </div>
      <button v-if="private" type="button" class="cv-room" @click="open(private)"
        :class="line({ chat: private, unread: tree.private })"
        :aria-current="private === here ? 'page' : null">
        <Icon name="lock" /><span>{{ cv.say("private") }}</span>
        <em v-if="tree.private && private !== here" :aria-label="cv.say('unread')"></em>
      </button>
      <section v-for="group in tree.groups" :key="group.id">
        <h2>{{ group.title }}</h2>
        <template v-for="room in group.rooms" :key="room.chat">
          <button type="button" class="cv-room" :class="line(room)" @click="open(room.chat)"
            :aria-current="room.chat === here ? 'page' : null">
            <span class="cv-hash" aria-hidden="true">#</span><span>{{ room.title }}</span>
            <em v-if="line(room).unread" :aria-label="cv.say('unread')"></em>
          </button>
          <button v-for="thread in room.threads" :key="thread.chat" type="button" class="cv-room thread"
            :class="line(thread)" :aria-current="thread.chat === here ? 'page' : null"
            @click="open(thread.chat)">
            <span>{{ thread.title }}</span>
            <em v-if="line(thread).unread" :aria-label="cv.say('unread')"></em>
          </button>
        </template>
      </section>
      <p v-if="!tree.groups.length" class="cv-faint">{{ cv.say("noRoom") }}</p>
    </nav>`,
};
