const themes = ["system", "light", "dark"] as const;

/** Dark, light, or as the system has it. It is remembered nowhere. */
export function listenToTheme(button: HTMLElement): void {
  let now = 0;
  button.addEventListener("click", () => {
    now = (now + 1) % themes.length;
    const theme = themes[now] ?? "system";
    document.documentElement.dataset["theme"] = theme;
    button.textContent = `Theme: ${theme}`;
  });
}
