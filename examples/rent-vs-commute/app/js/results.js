// The ranking: one row per neighbourhood with its two bars, linked to the dot on the map.

import { sorted } from "./areas.js";
import { bar, scaleEnd } from "./bars.js";
import { byId, h } from "./dom.js";
import { money } from "./words.js";

const FIRST = 8;
const VERDICT = { fits: "Fits", near: "Just misses", far: "Does not fit" };

/** Draws the rows; `onLight(id | null)` says which one the pointer or the focus is on. */
export function createResults({ onLight }) {
  const list = byId("results");
  const more = byId("more");
  let areas = [];
  let limits = null;
  let ends = null;
  let all = false;
  let order = "match";

  for (const button of byId("sort").querySelectorAll("button")) {
    button.addEventListener("click", () => {
      order = button.dataset.sort;
      draw();
    });
  }
  more.addEventListener("click", () => {
    const next = list.children[FIRST];
    all = true;
    draw();
    list.querySelector(`[data-area="${CSS.escape(next.dataset.area)}"]`)?.focus();
  });

  function draw() {
    for (const button of byId("sort").querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.dataset.sort === order));
    }
    list.replaceChildren(...sorted(areas, order).map((area, index) => row(area, !all && index >= FIRST)));
    more.hidden = all || areas.length <= FIRST;
    more.textContent = `Show all ${areas.length}`;
  }

  function row(area, isHidden) {
    const item = h("li", { "data-area": area.id, "data-fit": area.fit, tabindex: 0, hidden: isHidden },
      h("span", { class: "rank", "aria-label": `Rank ${area.rank}` }, String(area.rank)),
      h("span", { class: "row-name" }, area.name),
      h("span", { class: `verdict verdict-${area.fit}` }, area.miss || VERDICT[area.fit]),
      h("span", { class: "measure" }, h("span", { class: "measure-name" }, "Rent"),
        bar("rent", area.rent, limits.budget, ends.rent, money(area.rent))),
      h("span", { class: "measure" }, h("span", { class: "measure-name" }, "Commute"),
        bar("way", area.minutes, limits.max_commute, ends.minutes, `${Math.round(area.minutes)} min`)),
      area.route && h("span", { class: "route" }, area.route));
    item.addEventListener("pointerenter", () => light(area.id));
    item.addEventListener("pointerleave", () => light(null));
    item.addEventListener("focus", () => light(area.id));
    item.addEventListener("blur", () => light(null));
    item.addEventListener("keydown", step);
    return item;
  }

  /** Arrow keys go from row to row. */
  function step(event) {
    const rows = [...list.querySelectorAll("li:not([hidden])")];
    const at = rows.indexOf(event.currentTarget);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (to === undefined || !rows[to]) return;
    event.preventDefault();
    rows[to].focus();
  }

  function light(id) {
    for (const item of list.children) item.classList.toggle("lit", item.dataset.area === id);
    onLight(id);
  }

  return {
    show(next, input) {
      areas = next;
      limits = input;
      ends = {
        rent: scaleEnd(areas.map((area) => area.rent), limits.budget),
        minutes: scaleEnd(areas.map((area) => area.minutes), limits.max_commute),
      };
      all = false;
      order = "match";
      draw();
    },
    light,
    /** Brings the row of a picked dot into view and gives it the focus. */
    pick(id) {
      const find = () => list.querySelector(`[data-area="${CSS.escape(id)}"]`);
      if (find()?.hidden) {
        all = true;
        draw();
      }
      find()?.scrollIntoView({ block: "nearest" });
      find()?.focus({ preventScroll: true });
    },
  };
}
