// The search form: sliders tied to their numbers, suggestions, and errors at the field they belong to.

import { byId, setVar } from "./dom.js";
import { sentence } from "./words.js";

const SLIDERS = [["budget", "budget-slider"], ["size", "size-slider"], ["max-commute", "max-commute-slider"]];
const CONTROLS = { office: "office", budget: "budget", max_commute: "max-commute", size_m2: "size" };
const EMPTY = {
  office: "Please tell us where you work.",
  budget: "Please give a monthly budget in euros.",
  max_commute: "Please give the longest commute you would accept, in minutes.",
  size_m2: "Please give the size of the flat in square metres.",
};

/** Ties the form together; `onSubmit(input)` gets a complete input, numbers as numbers. */
export function createForm({ onSubmit }) {
  const form = byId("search");
  const office = byId("office");

  for (const [numberId, sliderId] of SLIDERS) tie(byId(numberId), byId(sliderId));
  for (const chip of form.querySelectorAll("[data-office]")) {
    chip.addEventListener("click", () => {
      office.value = chip.dataset.office;
      clearError("office");
      markChips();
    });
  }
  office.addEventListener("input", markChips);
  for (const name of Object.keys(CONTROLS)) control(name).addEventListener("input", () => clearError(name));

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearErrors();
    const input = read();
    const empty = Object.keys(CONTROLS).filter((name) => input[name] === "" || Number.isNaN(input[name]));
    for (const name of empty) setError(name, EMPTY[name]);
    if (empty.length) control(empty[0]).focus();
    else onSubmit(input);
  });

  function read() {
    return {
      office: office.value.trim(),
      budget: byId("budget").valueAsNumber,
      max_commute: byId("max-commute").valueAsNumber,
      size_m2: byId("size").valueAsNumber,
      watch: byId("watch").checked,
    };
  }

  function markChips() {
    for (const chip of form.querySelectorAll("[data-office]")) {
      chip.setAttribute("aria-pressed", String(chip.dataset.office === office.value.trim()));
    }
  }

  function clearErrors() {
    for (const name of Object.keys(CONTROLS)) clearError(name);
    byId("problem-form").hidden = true;
  }

  markChips();
  return {
    /** Puts an earlier search into the fields. */
    fill(input) {
      for (const [name, id] of Object.entries(CONTROLS)) {
        if (input[name] === undefined || input[name] === null) continue;
        byId(id).value = String(input[name]);
        byId(id).dispatchEvent(new Event("input"));
      }
      byId("watch").checked = input.watch === true;
    },
    /** Shows a refusal: at its fields if it names any, else above the form. Moves the focus there. */
    showProblem(problem) {
      clearErrors();
      const named = fieldErrors(problem);
      for (const [name, text] of named) setError(name, text);
      if (named.length) {
        control(named[0][0]).focus();
        return;
      }
      const notice = byId("problem-form");
      const id = problem.request_id ? ` (Request ${problem.request_id})` : "";
      notice.textContent = `${problem.detail}${id}`;
      notice.hidden = false;
      notice.scrollIntoView({ block: "nearest" });
    },
    busy(isBusy) {
      byId("go").setAttribute("aria-disabled", String(isBusy));
      form.classList.toggle("is-busy", isBusy);
    },
    clearErrors,
    focus: () => office.focus(),
  };
}

/** True when the problem is about something the visitor typed, so that the form is the place to show it. */
export function belongsToForm(problem) {
  return fieldErrors(problem).length > 0;
}

const PLACE_CODES = new Set(["place_not_found", "place_missing"]);
const REFUSED = {
  office: "This address does not work",
  budget: "This budget does not work",
  max_commute: "This commute does not work",
  size_m2: "This size does not work",
};

/** Pairs of field name and sentence. */
function fieldErrors(problem) {
  if (PLACE_CODES.has(problem.code)) return [["office", problem.detail]];
  const found = new Map();
  for (const error of problem.errors ?? []) {
    const name = String(error.pointer ?? "").split("/").pop();
    if (!(name in CONTROLS) || found.has(name)) continue;
    found.set(name, sentence([REFUSED[name], error.message].filter(Boolean).join(": ")));
  }
  return [...found];
}

const control = (name) => byId(CONTROLS[name]);

function setError(name, text) {
  const line = byId(`${CONTROLS[name]}-error`);
  line.textContent = text;
  line.hidden = false;
  control(name).setAttribute("aria-invalid", "true");
}

function clearError(name) {
  byId(`${CONTROLS[name]}-error`).hidden = true;
  control(name).removeAttribute("aria-invalid");
}

/** The number may be beyond the slider's ends; the slider then stands at its end. */
function tie(number, slider) {
  const paint = () => {
    const share = (slider.value - slider.min) / (slider.max - slider.min);
    setVar(slider, "--share", share.toFixed(4));
  };
  slider.addEventListener("input", () => {
    number.value = slider.value;
    number.dispatchEvent(new Event("input"));
  });
  number.addEventListener("input", () => {
    if (!Number.isNaN(number.valueAsNumber)) slider.value = number.value;
    paint();
  });
  paint();
}
