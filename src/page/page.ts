/** All that the command needs to make a page: a bundle of its own, loaded only then. */
export { askLive } from "../ask/ask-live.ts";
export { buildGrid } from "../ask/build-grid.ts";
export { renderPage } from "./render-page.ts";
