// Forms that the bot opens, and the choice of who one is. Native dialogs keep the focus inside.

import { Face, Icon, IconButton } from "./parts.js";

const Dialog = {
  components: { IconButton },
  inject: ["cv"],
  props: { title: String },
  emits: ["close"],
  mounted() {
    this.$refs.dialog.showModal();
    this.$refs.dialog.querySelector("form input, form textarea, .cv-search")?.focus();
  },
  template: `
    <dialog ref="dialog" class="cv-dialog" :aria-label="title" @cancel.prevent="$emit('close')"
      @keydown.esc.stop.prevent="$emit('close')">
      <header><h2>{{ title }}</h2>
        <IconButton icon="close" :label="cv.say('cancel')" @click="$emit('close')" /></header>
      <slot />
    </dialog>`,
};

export const FormDialog = {
  components: { Dialog },
  inject: ["cv"],
  props: { form: Object },
  data() {
    return {
      values: Object.fromEntries(this.form.fields.map((field) => [field.name, field.value])),
      tried: false,
    };
  },
  methods: {
    missing(field) {
      return this.tried && field.required && !this.values[field.name].trim();
    },
    send() {
      this.tried = true;
      const bad = this.form.fields.find((field) => this.missing(field));
      if (bad) this.$el.querySelector("#field-" + bad.name)?.focus();
      else this.cv.act("fill", { id: this.form.id, values: this.values });
    },
    dismiss() {
      this.cv.act("dismiss", { id: this.form.id });
    },
  },
  template: `
    <Dialog :title="form.title" @close="dismiss">
      <form novalidate @submit.prevent="send">
        <div v-for="field in form.fields" :key="field.name" class="cv-field">
          <label :for="'field-' + field.name">{{ field.label }}
            <small v-if="!field.required">{{ cv.say("optional") }}</small></label>
          <textarea v-if="field.long" :id="'field-' + field.name" v-model="values[field.name]" rows="4"
            :maxlength="field.max" :placeholder="field.placeholder"
            @keydown.ctrl.enter="send" @keydown.meta.enter="send"></textarea>
          <input v-else :id="'field-' + field.name" v-model="values[field.name]" type="text"
            :maxlength="field.max" :placeholder="field.placeholder" autocomplete="off" />
          <div class="cv-under">
            <span v-if="missing(field)" class="cv-error" role="alert">{{ cv.say("required") }}</span>
            <small v-if="values[field.name].length > field.max * 0.8">{{ values[field.name].length }} / {{ field.max }}</small>
          </div>
        </div>
        <footer>
          <button type="button" class="cv-button" @click="dismiss">{{ cv.say("cancel") }}</button>
          <button type="submit" class="cv-button main">{{ cv.say("send") }}</button>
        </footer>
      </form>
    </Dialog>`,
};

export const PeopleDialog = {
  components: { Dialog, Face, Icon },
  inject: ["cv"],
  props: { people: Array, me: Object, languages: Object, language: String },
  emits: ["close"],
  data() {
    const wished = navigator.language.split("-")[0];
    const tongue = !this.me && wished in this.languages ? wished : this.language;
    return { wanted: "", adding: !this.people.length, name: "", moderator: false, tongue };
  },
  computed: {
    found() {
      const wanted = this.wanted.toLocaleLowerCase();
      return this.people.filter((person) => person.name.toLocaleLowerCase().includes(wanted));
    },
  },
  methods: {
    be(person) {
      this.cv.act("be", { person: person.id });
      this.$emit("close");
    },
    arrive() {
      if (!this.name.trim()) return;
      this.cv.act("arrive", { name: this.name, moderator: this.moderator, language: this.tongue });
      this.$emit("close");
    },
  },
  template: `
    <Dialog :title="cv.say(adding ? 'addPerson' : 'choosePerson')" @close="$emit('close')">
      <form v-if="adding" @submit.prevent="arrive">
        <div class="cv-field"><label for="new-name">{{ cv.say("name") }}</label>
          <input id="new-name" v-model="name" maxlength="40" autocomplete="off" autofocus /></div>
        <div class="cv-field"><label for="new-language">{{ cv.say("language") }}</label>
          <select id="new-language" v-model="tongue" class="cv-select">
            <option v-for="(label, code) in languages" :key="code" :value="code">{{ label }}</option>
          </select></div>
        <label class="cv-check"><input v-model="moderator" type="checkbox" />{{ cv.say("asModerator") }}</label>
        <footer>
          <button type="button" class="cv-button" @click="adding = false">{{ cv.say("cancel") }}</button>
          <button type="submit" class="cv-button main">{{ cv.say("join") }}</button>
        </footer>
      </form>
      <template v-else>
        <div class="cv-find">
          <input v-model="wanted" class="cv-search" type="search" :placeholder="cv.say('findPerson')"
            :aria-label="cv.say('findPerson')" />
          <button type="button" class="cv-button main" @click="adding = true">
            <Icon name="plus" />{{ cv.say("addPerson") }}</button>
        </div>
        <ul class="cv-people">
          <li v-for="person in found" :key="person.id">
            <button type="button" :class="{ here: me && person.id === me.id }" @click="be(person)">
              <Face :person="person" /><span>{{ person.name }}</span>
              <small v-if="person.moderator">{{ cv.say("moderator") }}</small>
            </button>
          </li>
        </ul>
      </template>
    </Dialog>`,
};
