import { type Html, html } from "../html.ts";

/** The frame of what the script draws. Hidden until it runs. */
export function gridSection(): Html {
  return html`<section id="access" aria-labelledby="grid-title" hidden>
    <div class="title">
      <h2 id="grid-title" tabindex="-1">Who calls whom</h2>
      <p class="faint" id="grid-help">
        Rows call, columns are called. Arrows move, Enter opens, Escape closes, / searches.
      </p>
    </div>
    <form id="filters" class="filters" role="search" aria-label="Filter the grid">
      <label class="wide"
        ><span>Search</span
        ><input
          id="search"
          type="search"
          placeholder="Name, project, account, ticket …"
          autocomplete="off"
          spellcheck="false"
      /></label>
      <label
        ><span>Owner</span
        ><select id="owner">
          <option value="">Any</option>
        </select></label
      >
      <label
        ><span>Label</span
        ><select id="label">
          <option value="">Any</option>
        </select></label
      >
      <label
        ><span>Finding</span
        ><select id="rule">
          <option value="">Any</option>
        </select></label
      >
      <button type="reset" id="clear">Clear</button>
    </form>
    <div id="legend" class="legend" role="group" aria-label="Filter by state"></div>
    <p id="shown" class="faint" role="status"></p>
    <div class="bench">
      <div
        id="grid"
        class="grid"
        role="grid"
        aria-labelledby="grid-title"
        aria-describedby="grid-help"
        aria-readonly="true"
      ></div>
      <section id="details" class="details" aria-labelledby="details-title" hidden></section>
    </div>
  </section> `;
}
