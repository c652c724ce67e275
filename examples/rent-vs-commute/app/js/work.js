// The page of one report: heading, buttons, progress, map and ranking, drawn from a run.

import { areasOf, officeOf, othersThan, waitingAreas } from "./areas.js";
import { filePath } from "./api.js";
import { byId, h, setText } from "./dom.js";
import { createMap } from "./map.js";
import { createResults } from "./results.js";
import { createTimeline } from "./timeline.js";
import { isOver } from "./run.js";
import { money, number, plural, sentence, stepTitle } from "./words.js";

/** The view; `draw(run)` may be called at any time and brings everything up to date. */
export function createWork() {
  const timeline = createTimeline();
  const results = createResults({ onLight: (id) => map.highlight(id) });
  const map = createMap(byId("map"), { onHover: (id) => results.light(id), onPick: (id) => results.pick(id) });
  let shown = null; // what the map holds: "waiting", or the result drawn last
  let announced = "";

  function reset() {
    timeline.reset();
    shown = null;
    announced = "";
    byId("made").open = true;
    byId("connection").hidden = true;
    byId("announce").textContent = "";
    byId("problem").hidden = true;
    byId("cancel").disabled = false;
    setText(byId("cancel"), "Stop");
  }

  function draw(run) {
    const work = byId("view-work");
    if (work.dataset.state !== run.state && run.state === "done") byId("made").open = false;
    work.dataset.state = run.state;
    drawHead(run);
    drawFacts(run.input);
    timeline.draw(run);
    if (!isOver(run)) document.title = `${byId("percent").textContent} Wohnweg`;
    drawButtons(run);
    if (run.state === "done" && run.result) drawResult(run);
    else drawWaiting(run);
    announce(run);
  }

  function drawHead(run) {
    if (run.state === "done") return;
    const office = run.input?.office ?? "your office";
    const [eyebrow, title, lead] = {
      failed: ["Your report", "We could not finish this one", ""],
      cancelled: ["Stopped", "You stopped this report",
        "Nothing more is done for it. Change the search to start a new one."],
    }[run.state] ?? ["Your report is being made", "Looking around Berlin for you",
      `We are comparing rents and the way to ${office}. You may close or reload this page: the work goes on.`];
    heading(eyebrow, title, lead);
  }

  function heading(eyebrow, title, lead) {
    setText(byId("work-eyebrow"), eyebrow);
    setText(byId("work-title"), title);
    setText(byId("work-lead"), lead);
    document.title = `${title}: Wohnweg`;
  }

  function drawFacts(input) {
    if (!input) return;
    const facts = [input.office, `up to ${money(input.budget)}`, input.size_m2 ? `${number(input.size_m2)} m²` : null,
      `${number(input.max_commute)} min at most`, input.watch ? "rent watch on" : null];
    byId("facts").replaceChildren(...facts.filter(Boolean).map((fact) => h("li", {}, fact)));
  }

  function drawButtons(run) {
    const over = isOver(run);
    byId("cancel").hidden = over;
    byId("again").hidden = !over || run.state === "failed";
    link(byId("pdf"), run, ".pdf");
    link(byId("csv"), run, ".csv");
  }

  function link(anchor, run, ending) {
    const name = run.files.find((file) => file.endsWith(ending));
    anchor.hidden = run.state !== "done" || !name;
    if (!name) return;
    anchor.href = filePath(run.id, name);
    anchor.setAttribute("download", name);
  }

  function drawResult(run) {
    if (shown === run.result) return;
    const isFresh = shown === "waiting";
    shown = run.result;
    const areas = areasOf(run.result, run.input);
    const fitting = run.result.fitting ?? areas.filter((area) => area.fit === "fits").length;
    const of = run.result.of ?? areas.length;
    const best = areas[0];
    if (fitting > 0 && best) {
      heading("Your report is ready", `${best.name} is your best match`, bestWords(best, fitting, of) + watching(run));
    } else {
      heading("Your report is ready", "Nothing fits all of it yet", best ? closestWords(best) + watching(run) : "");
    }
    byId("ranking").hidden = areas.length === 0;
    results.show(areas, run.input);
    const others = othersThan(areas);
    const dots = [...areas, ...others];
    for (const key of byId("legend").querySelectorAll("[data-fit]")) {
      key.hidden = !dots.some((area) => area.fit === key.dataset.fit);
    }
    const some = `The ${fitting > 0 ? "best" : "closest"} ${areas.length}`;
    setText(byId("ranking-title"), of > areas.length ? some : "Neighbourhoods");
    const { source } = run.result;
    byId("source").hidden = !source;
    setText(byId("source"), source ? `Rents: ${sentence(source)}` : "");
    map.show({
      areas: dots, office: officeOf(run.result, run.input), budget: run.input.budget, animate: isFresh,
      title: `Map of Berlin with ${areas.length} neighbourhoods; the list beside it says the same in words`,
    });
  }

  function watching(run) {
    const step = run.steps.find((each) => each.name === "watch");
    return step?.state === "done" ? " We will tell you when rents there fall." : "";
  }

  /** While the work is going on, the map shows which neighbourhoods have been looked at. */
  function drawWaiting(run) {
    if (shown !== "waiting") {
      shown = "waiting";
      byId("ranking").hidden = true;
      byId("source").hidden = true;
      map.show({
        areas: waitingAreas(), office: null, budget: 0,
        title: "Map of Berlin; neighbourhoods light up as they are looked at",
      });
    }
    for (const [name, look] of Object.entries(run.looks)) map.mark(name, look);
  }

  function announce(run) {
    const step = run.steps.find((each) => each.state === "running");
    const text = run.state === "done" ? "Your report is ready." : step ? stepTitle(step) : "";
    if (!text || text === announced) return;
    announced = text;
    setText(byId("announce"), text);
  }

  return { draw, reset };
}

function bestWords(best, fitting, of) {
  const fit = `${fitting} of ${plural(of, "neighbourhood", "neighbourhoods")} ${fitting === 1 ? "fits" : "fit"}`;
  return `${fit} your budget and your commute. In ${best.name} you pay about ${money(best.rent)} `
    + `and are at your desk in ${plural(Math.round(best.minutes), "minute", "minutes")}.`;
}

function closestWords(best) {
  return `${best.name} comes closest: about ${money(best.rent)} and ${Math.round(best.minutes)} minutes. `
    + "A little more budget or time opens the city.";
}
