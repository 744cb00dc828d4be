// Back closes an open dialog, and returns to the place in a list. So does the link that leads from an item to its list:
// `<a data-return>`.
//
// A dialog that opens adds an entry to the history, with the same address. The entry stays when the dialog is closed
// otherwise: to remove it takes a moment, in which a click would get lost. The next dialog uses it again, the next page
// takes its place, and Back skips it. `history.state` of an entry has
//   dialog  the address of the page whose dialog added the entry
//   from    the address before, when the entry was added by a link
const push = history.pushState.bind(history);
const replace = history.replaceState.bind(history);
/** How long the rows of a list are waited for, in milliseconds. */
const WAIT_MS = 10_000;

const address = () => location.pathname + location.search;
const openDialog = () => document.querySelector("dialog[open]");

/** The address of the page that is shown: what the router believes. */
let here = address();
/** The address of the page whose dialog added the entry that is shown, if one did. */
let dialogOf = history.state?.dialog;
/** Where each page was scrolled to when it was left, by address: how far, and the first row in sight with its place. */
const places = new Map();
/** The query with which each path was shown last. */
const queries = new Map();
/** Whether the next page is to be shown as it was left. */
let isReturn = false;
/** Which return to a place is under way. The user's own scrolling ends it. */
let returning = 0;

function leave() {
  const rows = [...document.querySelectorAll("main tbody tr")];
  const first = rows.map((row) => [row, row.getBoundingClientRect()]).find(([, box]) => box.bottom > 0);
  places.set(here, { far: scrollY, row: first && nameOf(first[0]), top: first?.[1].top });
}

/** A selector of a row, whatever is drawn around it later. */
function nameOf(row) {
  const id = [...row.attributes].find(({ name }) => /^data-[a-z]+-id$/.test(name));
  return id && `[${id.name}="${id.value}"]`;
}

function scrollToPlace({ far, row, top }) {
  const found = far > 0 && row && document.querySelector(row);
  if (found) scrollBy(0, found.getBoundingClientRect().top - top);
  else scrollTo(0, far);
}

function arrive() {
  here = address();
  dialogOf = history.state?.dialog;
  queries.set(location.pathname, location.search);
}

/** Scrolls once the page is drawn and its rows are there. */
function returnTo(place) {
  const number = ++returning;
  const end = performance.now() + WAIT_MS;
  let frames = 0;
  const look = () => {
    if (number !== returning || place === undefined || performance.now() > end) return;
    const isLoading = document.querySelector("main .skeleton, main [aria-busy=true]") !== null;
    // The router draws the page, and the page marks its rows as old, before the second frame.
    if (++frames > 2 && !isLoading) scrollToPlace(place);
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

history.pushState = (state, title, url) => {
  if (new URL(url, location).pathname === location.pathname) leave();
  const own = { ...state, from: here };
  if (dialogOf === here) replace(own, title, url);
  else push(own, title, url);
  arrive();
  returning++;
  if (isReturn) returnTo(places.get(here));
  isReturn = false;
};

history.replaceState = (state, title, url) => {
  const { from, dialog } = history.state ?? {};
  replace({ ...state, from, dialog }, title, url);
  arrive();
};

new MutationObserver(() => {
  if (!openDialog() || dialogOf === here) return;
  push({ ...history.state, dialog: here }, "");
  arrive();
}).observe(document.body, { subtree: true, attributeFilter: ["open"] });

function moved(event) {
  const dialog = openDialog();
  const left = dialogOf;
  dialogOf = history.state?.dialog;
  const isSame = address() === here;
  if (dialog) {
    // 1. Back closes the dialog. The page stays.
    dialog.close();
  } else if (dialogOf === address()) {
    // 2. The entry of a dialog that is gone, as seen from another page: the one before it shows the page.
    dialogOf = undefined;
    event.stopImmediatePropagation();
    history.back();
    return;
  } else if (left === address()) {
    // 3. From the entry of a dialog to its page, which was in sight already: one step more is meant.
    history.back();
  }
  if (isSame) {
    event.stopImmediatePropagation();
    return;
  }
  leave();
  arrive();
  returnTo(places.get(here));
}

function clicked(event) {
  leave();
  isReturn = false;
  const link = event.target.closest?.("a[data-return]");
  if (!link) return;
  link.search = queries.get(link.pathname) ?? "";
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (history.state?.from === link.pathname + link.search) {
    event.preventDefault();
    history.back();
  } else {
    isReturn = true;
  }
}

arrive();
addEventListener("popstate", moved, true);
addEventListener("click", clicked, true);
addEventListener("auxclick", clicked, true);
for (const own of ["wheel", "touchmove", "keydown"]) addEventListener(own, () => { returning++; }, { capture: true, passive: true });
