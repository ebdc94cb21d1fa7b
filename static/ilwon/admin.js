// The condition field of the admin: checks while one types, marks the place of an error, and lists the facts.
// Without this script the field is a plain text area and the server checks it when the form is saved.
"use strict";

const CHECK_DELAY_MS = 250;
let factsPromise = null; // one request for all condition fields of a page

function element(name, className, text) {
  const node = document.createElement(name);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

class ConditionField {
  constructor(root) {
    this.root = root;
    this.text = root.querySelector("textarea");
    this.mirror = root.querySelector(".condition__mirror");
    this.state = root.querySelector(".condition__state");
    this.facts = root.querySelector(".condition__facts");
    this.search = root.querySelector(".condition__search");
    this.list = root.querySelector(".condition__list");
    this.count = root.querySelector(".condition__count");
    this.subject = root.dataset.level ? null : this.text.form.querySelector("[name=subject]");
    this.asked = 0;
    this.say = root.dataset;
    this.text.addEventListener("input", () => this.checkSoon());
    this.text.addEventListener("scroll", () => { this.mirror.scrollTop = this.text.scrollTop; });
    if (this.subject) this.subject.addEventListener("change", () => { this.check(); this.markReach(); });
    this.facts.addEventListener("toggle", () => { if (this.facts.open) this.showFacts(); });
    this.search.addEventListener("input", () => this.filter());
    this.search.addEventListener("keydown", (event) => this.searchKey(event));
    this.list.addEventListener("keydown", (event) => this.listKey(event));
    this.list.addEventListener("click", (event) => this.insertClicked(event));
    this.grow();
    this.check();
  }

  get level() {
    return this.root.dataset.level || (this.subject ? this.subject.value : "");
  }

  // ---- Checking ----
  checkSoon() {
    this.grow();
    this.mirror.replaceChildren();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.check(), CHECK_DELAY_MS);
  }

  grow() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight + 2, 360)}px`;
  }

  async check() {
    const asked = (this.asked += 1);
    if (!this.text.value.trim()) return this.showNothing();
    const body = new URLSearchParams({ text: this.text.value, level: this.level, kind: this.root.dataset.kind });
    const token = this.text.form.querySelector("[name=csrfmiddlewaretoken]").value;
    try {
      const answer = await fetch(this.root.dataset.checkUrl, { method: "POST", body, headers: { "X-CSRFToken": token } });
      const reading = await answer.json();
      if (asked === this.asked) this.show(reading);
    } catch {
      if (asked === this.asked) this.showState("", this.say.sayFailed);
    }
  }

  showNothing() {
    this.mirror.replaceChildren();
    this.text.removeAttribute("aria-invalid");
    this.showState("", this.text.required ? this.say.sayEmpty : "");
  }

  showState(kind, text) {
    this.state.className = `condition__state ${kind}`;
    this.state.replaceChildren(element("span", "", text));
  }

  show(reading) {
    this.text.toggleAttribute("aria-invalid", !reading.ok);
    if (!reading.ok) this.text.setAttribute("aria-invalid", "true");
    this.mirror.replaceChildren();
    if (reading.ok) return this.showReading(reading);
    this.showState("condition__state--bad", reading.message);
    if (reading.position === null || reading.position === undefined) return;
    const token = this.tokenAt(reading.position);
    this.mark(token);
    for (const suggestion of reading.suggestions || []) this.offer(suggestion, token);
    const jump = element("button", "condition__jump", this.say.sayJump);
    jump.type = "button";
    jump.addEventListener("click", () => this.select(token.start, token.end));
    this.state.append(" ", jump);
  }

  showReading(reading) {
    this.showState("condition__state--good", reading.sentence);
    const names = element("span", "condition__used");
    for (const fact of reading.facts) {
      const unit = fact.unit ? ` (${fact.unit})` : "";
      names.append(element("span", "condition__chip", `${fact.label}${unit}`));
    }
    this.state.append(names);
  }

  tokenAt(position) {
    const rest = this.text.value.slice(position);
    const token = rest.match(/^(?:[\p{L}\p{N}_.]+|'[^'\n]*'?|"[^"\n]*"?|\S)/u);
    return { start: position, end: position + (token ? token[0].length : 0) };
  }

  mark(token) {
    const value = this.text.value;
    const flaw = element("mark", "", value.slice(token.start, token.end) || " ");
    this.mirror.append(value.slice(0, token.start), flaw, value.slice(token.end));
    this.mirror.scrollTop = this.text.scrollTop;
  }

  offer(suggestion, token) {
    const button = element("button", "condition__suggestion", suggestion);
    button.type = "button";
    button.addEventListener("click", () => this.put(suggestion, token.start, token.end));
    this.state.append(" ", button);
  }

  select(start, end) {
    this.text.focus();
    this.text.setSelectionRange(start, end);
  }

  put(what, start, end) {
    this.text.focus();
    this.text.setRangeText(what, start, end, "end");
    this.checkSoon();
  }

  // ---- Facts ----
  async showFacts() {
    if (!this.list.childElementCount) {
      factsPromise = factsPromise || fetch(this.root.dataset.factsUrl).then((answer) => answer.json());
      const { facts } = await factsPromise;
      this.fill(facts);
      this.filter();
    }
    this.search.focus();
  }

  fill(facts) {
    let group = null;
    for (const fact of facts) {
      if (!group || group.dataset.group !== fact.group) {
        group = element("section", "condition__group");
        group.dataset.group = fact.group;
        group.append(element("h4", "", fact.group));
        this.list.append(group);
      }
      group.append(this.row(fact));
    }
    this.markReach();
  }

  row(fact) {
    const row = element("div", "condition__fact");
    row.dataset.level = fact.level;
    row.dataset.words = `${fact.key} ${fact.also} ${fact.group}`.toLowerCase();
    const button = element("button", "condition__insert");
    button.type = "button";
    button.dataset.key = fact.key;
    button.dataset.aggregates = fact.aggregates.join(" ");
    button.append(element("span", "condition__label", fact.label), element("code", "", fact.key));
    row.append(button);
    const notes = [fact.level_label, fact.unit, fact.derived ? this.say.sayDerived : ""].filter(Boolean);
    row.append(element("span", "condition__note", notes.join(" · ")));
    for (const choice of fact.choices) {
      const pick = element("button", "condition__choice", `${choice.label} `);
      pick.type = "button";
      pick.dataset.key = fact.key;
      pick.dataset.value = choice.value;
      pick.append(element("code", "", choice.value));
      row.append(pick);
    }
    return row;
  }

  // What a rule on this subject can see: a building everything, a facility building facts only through an aggregate,
  // an operator its own facts alone.
  markReach() {
    const level = this.level;
    for (const row of this.list.querySelectorAll(".condition__fact")) {
      const insert = row.querySelector(".condition__insert");
      const ways = insert.dataset.aggregates.split(" ").filter(Boolean);
      const viaAggregate = level === "facility" && row.dataset.level === "building";
      const outOfReach = (level === "operator" && row.dataset.level !== "operator") || (viaAggregate && !ways.length);
      insert.dataset.text = viaAggregate && ways.length ? `${ways[0]}(${insert.dataset.key})` : insert.dataset.key;
      row.classList.toggle("condition__fact--far", outOfReach);
      insert.title = outOfReach ? this.say.sayOutOfReach : insert.dataset.text;
    }
  }

  filter() {
    const words = this.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const group of this.list.children) {
      let any = false;
      for (const row of group.querySelectorAll(".condition__fact")) {
        row.hidden = !words.every((word) => row.dataset.words.includes(word));
        any = any || !row.hidden;
        shown += row.hidden ? 0 : 1;
      }
      group.hidden = !any;
    }
    this.count.textContent = `${shown}${this.say.sayFound}`;
  }

  buttons() {
    return [...this.list.querySelectorAll("button")].filter((button) => button.offsetParent);
  }

  searchKey(event) {
    if (event.key === "Escape") return this.leave(event);
    if (event.key === "Enter" || event.key === "ArrowDown") {
      event.preventDefault(); // Enter must not save the form
      const first = this.buttons()[0];
      if (first) event.key === "Enter" ? first.click() : first.focus();
    }
  }

  listKey(event) {
    if (event.key === "Escape") return this.leave(event);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const buttons = this.buttons();
    const next = buttons[buttons.indexOf(document.activeElement) + step];
    (next || this.search).focus();
  }

  leave(event) {
    event.preventDefault();
    this.text.focus();
  }

  insertClicked(event) {
    const button = event.target.closest("button");
    if (!button) return;
    const what = button.dataset.value === undefined
      ? button.dataset.text
      : `${button.dataset.key} == '${button.dataset.value}'`;
    const { selectionStart: start, selectionEnd: end, value } = this.text;
    const before = start && !/[\s([]$/.test(value.slice(0, start)) ? " " : "";
    this.put(before + what, start, end);
  }
}

function bringToLife() {
  for (const root of document.querySelectorAll("[data-condition]")) new ConditionField(root);
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", bringToLife);
else bringToLife();
