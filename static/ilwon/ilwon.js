// Small behaviours of every page. No page depends on them: without a script everything still works by links and forms.
"use strict";

// A menu closes when one looks elsewhere or presses Escape.
function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu !== except) menu.open = false;
  }
}
document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector("details.menu[open]");
  if (open) {
    open.open = false;
    open.querySelector("summary").focus();
  }
});

// <form data-autosubmit>: a filter takes effect when it is chosen. The button stays for those without a script.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-autosubmit]");
  if (form && event.target.matches("select, input[type=checkbox], input[type=date]")) form.requestSubmit();
});

// A partial update that failed must be seen.
function showFailure() {
  const place = document.getElementById("messages");
  if (!place) return;
  const text = document.documentElement.lang === "en"
    ? "That did not work. Reload the page and try again."
    : "처리하지 못했습니다. 화면을 새로 고친 뒤 다시 해 보십시오.";
  const note = document.createElement("p");
  note.className = "notice notice--danger";
  note.setAttribute("role", "alert");
  note.textContent = text;
  place.replaceChildren(note);
}
document.addEventListener("htmx:responseError", showFailure);
document.addEventListener("htmx:sendError", showFailure);

/* Buttons that print the page. */
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
