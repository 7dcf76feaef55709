// A poll with its results as bars; a press votes, another one takes the vote back.

export const Poll = {
  inject: ["cv"],
  props: { message: Object },
  computed: {
    poll() {
      return this.message.poll;
    },
    closed() {
      return this.cv.now() >= this.poll.closes;
    },
    foot() {
      const votes = this.cv.say("votes", { n: this.poll.voters });
      const when = this.cv.words().distance(this.poll.closes, this.cv.now());
      return votes + " · " + (this.closed ? this.cv.say("closed") : this.cv.say("closesIn", { when }));
    },
  },
  methods: {
    share(option) {
      return this.poll.voters ? Math.round((100 * option.n) / this.poll.voters) : 0;
    },
    vote(index) {
      const mine = this.poll.options.flatMap((option, i) => (option.mine ? [i] : []));
      let options = mine.includes(index) ? mine.filter((i) => i !== index) : [index];
      if (this.poll.multiple && !mine.includes(index)) options = [...mine, index];
      this.cv.act("vote", { id: this.message.id, options });
    },
  },
  template: `
    <div class="cv-poll" role="group" :aria-label="poll.question">
      <div class="cv-poll-question">{{ poll.question }}</div>
      <div v-if="poll.multiple" class="cv-faint">{{ cv.say("several") }}</div>
      <button v-for="(option, i) in poll.options" :key="i" type="button" class="cv-option"
        :class="{ mine: option.mine }" :aria-pressed="option.mine" :disabled="closed" @click="vote(i)">
        <span class="cv-bar" :style="{ width: share(option) + '%' }"></span>
        <span class="cv-option-mark" :class="{ square: poll.multiple }"></span>
        <span class="cv-option-text">{{ option.text }}</span>
        <span class="cv-option-share">{{ share(option) }}%</span>
      </button>
      <div class="cv-faint">{{ foot }}</div>
    </div>`,
};
