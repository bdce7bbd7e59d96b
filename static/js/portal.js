// What a script adds to pages that work without it. It writes text only, never HTML (Trusted Types),
// and listens on the document, so that it holds whatever the page contains.

const french = document.documentElement.lang.startsWith("fr");
const number = new Intl.NumberFormat(french ? "fr-CA" : "en-CA");

// --- Characters left, under <textarea maxlength="500"> or <… data-count="500"> -------------------------------

function charactersLeft(left) {
  const n = Math.abs(left);
  const shown = number.format(n);
  if (french) {
    const noun = n < 2 ? "caractère" : "caractères";
    return left < 0 ? `${shown} ${noun} de trop` : `Il reste ${shown} ${noun}`;
  }
  const noun = n === 1 ? "character" : "characters";
  return left < 0 ? `${shown} ${noun} too many` : `${shown} ${noun} left`;
}

function addCounter(control) {
  const limit = Number(control.dataset.count || control.getAttribute("maxlength"));
  if (!(limit > 0)) return;
  const seen = document.createElement("p");
  const heard = document.createElement("span");
  seen.className = "hint count";
  seen.setAttribute("aria-hidden", "true");
  heard.className = "vh";
  heard.setAttribute("role", "status");
  control.after(seen, heard);

  let pause;
  const show = () => {
    const left = limit - Array.from(control.value).length;
    seen.textContent = charactersLeft(left);
    seen.classList.toggle("count--over", left < 0);
    return left;
  };
  control.addEventListener("input", () => {
    const left = show();
    clearTimeout(pause);
    // Said only in a pause of typing, and only when the limit comes near.
    pause = setTimeout(() => {
      heard.textContent = left < Math.max(20, limit / 5) ? charactersLeft(left) : "";
    }, 1000);
  });
  show();
}

// --- A form is sent once -------------------------------------------------------------------------------------
// The server takes a repeated form once in any case; this spares the reader the second page.

const PATIENCE = 10_000; // ms, after which a stalled form may be sent again
const sent = new Map();

function release(form) {
  sent.get(form)?.removeAttribute("aria-disabled");
  sent.delete(form);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const button = event.submitter;
  const method = button?.getAttribute("formmethod") || form.getAttribute("method") || "get";
  if (event.defaultPrevented || method.toLowerCase() !== "post") return;
  if (button?.hasAttribute("formtarget") || form.hasAttribute("target")) return;
  if (sent.has(form)) {
    event.preventDefault();
    return;
  }
  sent.set(form, button);
  button?.setAttribute("aria-disabled", "true");
  setTimeout(() => release(form), PATIENCE);
});

// A page that comes back from the browser's cache comes back as it was left.
addEventListener("pageshow", () => [...sent.keys()].forEach(release));

// --- Folded text prints open ---------------------------------------------------------------------------------

let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not([open])")];
  opened.forEach((details) => (details.open = true));
});
addEventListener("afterprint", () => opened.forEach((details) => (details.open = false)));

// --- On a telephone the filters of a narrowed list stand folded above its results ----------------------------------

if (matchMedia("(max-width: 47.99em)").matches) {
  document.querySelectorAll("details[data-folds-on-phones]").forEach((details) => (details.open = false));
}

// --- Start ---------------------------------------------------------------------------------------------------

document.querySelectorAll("textarea[maxlength], [data-count]").forEach(addCounter);

// The summary of errors has autofocus; this is for browsers that give it to fields alone.
const focusErrors = () => {
  if (document.activeElement === document.body) document.querySelector(".errors[tabindex]")?.focus();
};
addEventListener("load", () => requestAnimationFrame(focusErrors));
