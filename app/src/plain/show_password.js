for (const button of document.querySelectorAll(".password button")) {
  button.onclick = () => {
    const field = button.previousElementSibling;
    const isShown = field.type === "text";
    field.type = isShown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!isShown));
    [button.textContent, button.dataset.other] = [button.dataset.other, button.textContent];
  };
}
document.documentElement.dataset.hydrated = "";
