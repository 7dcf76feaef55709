export { Clock } from "./clock.js";
export { Composer } from "./composer.js";
export { FormDialog, PeopleDialog } from "./dialogs.js";
export { Message } from "./message.js";
export { Face, Icon, IconButton } from "./parts.js";
export { Rooms } from "./rooms.js";
export { Words } from "./words.js";
