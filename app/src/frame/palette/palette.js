// The command palette of the console, and the keyboard shortcuts. Its entries are in the page, in the reader's language:
// <template id="palette-template">. The router handles the links that it follows, like any other link.
const template = document.getElementById("palette-template");
// Elements in which keys have a meaning of their own.
const TYPING = "input, textarea, select, [contenteditable], [role=menu] *";
const SECOND_KEY_MS = 1500;

const isConsole = () => document.querySelector(".frame") !== null;
const hasDialog = () => document.querySelector("dialog[open]") !== null;
const areKeysOff = () => document.cookie.split("; ").includes("shortcuts=off");

/** Follows a link as a click on it would. */
function go(url) {
  const link = document.createElement("a");
  link.href = url;
  document.body.append(link);
  link.click();
  link.remove();
}

function choose(dialog, option) {
  const { go: url, search, open, theme } = option.dataset;
  dialog.close();
  if (url) go(url);
  if (search) go(search + encodeURIComponent(dialog.querySelector("input").value.trim()));
  if (open) dispatchEvent(new Event(open));
  if (theme) {
    document.documentElement.dataset.theme = theme;
    document.cookie = `theme=${theme}; Path=/; Max-Age=31536000; SameSite=Lax`;
  }
}

function openPalette() {
  const dialog = template.content.firstElementChild.cloneNode(true);
  const input = dialog.querySelector("input");
  const none = dialog.querySelector("[data-none]");
  const options = [...dialog.querySelectorAll("[role=option]")];
  const seen = () => options.filter((option) => !option.hidden);
  const labels = new Map(options.map((option) => [option, option.firstElementChild.textContent]));

  function mark(chosen) {
    for (const option of options) option.setAttribute("aria-selected", String(option === chosen));
    if (chosen) {
      input.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  // Shows the entries whose label contains every word that was typed, and below them the searches of the lists.
  function filter() {
    const text = input.value.trim();
    const words = text.toLocaleLowerCase().split(/\s+/);
    for (const option of options) {
      const label = labels.get(option);
      if (option.dataset.search) {
        option.hidden = text === "";
        option.firstElementChild.textContent = label.replace("\u{E000}", () => text);
      } else {
        option.hidden = !words.every((word) => label.toLocaleLowerCase().includes(word));
      }
    }
    none.hidden = seen().length > 0;
    mark(seen()[0]);
  }

  function move(by) {
    const now = seen();
    const at = now.findIndex((option) => option.getAttribute("aria-selected") === "true");
    mark(now[(at + by + now.length) % now.length]);
  }

  input.addEventListener("input", filter);
  input.addEventListener("keydown", (event) => {
    const chosen = options.find((option) => option.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(-1);
    else if (event.key === "Enter" && !event.isComposing) { if (chosen) choose(dialog, chosen); }
    else return;
    event.preventDefault();
  });
  dialog.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(dialog, option);
    else if (event.target.closest("[data-close]")) dialog.close();
  });
  // The browser returns the focus by itself.
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  filter();
  dialog.showModal();
}

let afterG = false;
function onKey(event) {
  if (!isConsole() || event.defaultPrevented || event.altKey) return;
  const letter = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey) {
    if (letter !== "k") return;
    event.preventDefault();
    if (!hasDialog()) openPalette();
    return;
  }
  if (hasDialog() || areKeysOff() || document.activeElement?.matches(TYPING)) return;
  const page = afterG && template.content.querySelector(`[data-keys="g ${CSS.escape(letter)}"]`);
  afterG = false;
  if (page) {
    go(page.dataset.go);
  } else if (letter === "g") {
    afterG = true;
    setTimeout(() => { afterG = false; }, SECOND_KEY_MS);
  } else if (letter === "?") {
    openPalette();
  } else if (letter === "/") {
    const search = document.querySelector("[role=search] input");
    if (search) {
      event.preventDefault();
      search.focus();
    }
  }
}

addEventListener("keydown", onKey);
