import type { Page } from "playwright-core";

/** What a reader of the page could not use: controls without a name, text too faint, a missing heading. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const problems: string[] = [];
    const visible = (element: Element) =>
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    const snippet = (element: Element) => element.outerHTML.slice(0, 120);

    for (const control of document.querySelectorAll(
      "button, a[href], input, textarea, [role=button], [tabindex='0']",
    )) {
      if (!visible(control) || control.closest("[aria-hidden=true]")) continue;
      const labels =
        "labels" in control ? [...((control.labels as NodeListOf<HTMLLabelElement> | null) ?? [])] : [];
      const name =
        control.getAttribute("aria-label") ??
        (control.hasAttribute("aria-labelledby") ? "by id" : "") +
          labels.map((label) => label.textContent).join("");
      if (!(name || control.textContent?.trim())) problems.push(`no name: ${snippet(control)}`);
    }
    for (const image of document.querySelectorAll("img, svg[role=img], [role=img]")) {
      if (visible(image) && !image.getAttribute("alt") && !image.getAttribute("aria-label")) {
        problems.push(`no text for an image: ${snippet(image)}`);
      }
    }
    if (document.documentElement.lang === "") problems.push("no language");
    if (document.title === "") problems.push("no title");
    if (!document.querySelector("main")) problems.push("no main landmark");
    if (document.querySelectorAll("h1").length !== 1)
      problems.push(`${document.querySelectorAll("h1").length} h1`);
    const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
    for (const id of new Set(ids))
      if (ids.filter((other) => other === id).length > 1) problems.push(`id twice: ${id}`);

    // Contrast, as painted: a canvas turns any CSS colour into bytes.
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true })!;
    const rgba = (color: string) => {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
      return [...canvas.getImageData(0, 0, 1, 1).data] as [number, number, number, number];
    };
    const luminance = ([red, green, blue]: number[]) => {
      const linear = [red!, green!, blue!].map((byte) => {
        const part = byte / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * linear[0]! + 0.7152 * linear[1]! + 0.0722 * linear[2]!;
    };
    const background = (element: Element | null): number[] => {
      for (let at = element; at; at = at.parentElement) {
        const color = rgba(getComputedStyle(at).backgroundColor);
        if (color[3] === 255) return color;
      }
      return [255, 255, 255];
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement!;
      if (
        !node.textContent?.trim() ||
        !visible(element) ||
        element.closest("script, style, .sr-only, :disabled")
      )
        continue;
      const style = getComputedStyle(element);
      const ink = element.closest("svg") && element.tagName !== "svg" ? style.fill : style.color;
      const [light, dark] = [luminance(rgba(ink)), luminance(background(element))].sort((a, b) => b - a) as [
        number,
        number,
      ];
      const ratio = (light + 0.05) / (dark + 0.05);
      const large = Number.parseFloat(style.fontSize) >= 24;
      if (ratio < (large ? 3 : 4.5)) {
        problems.push(
          `contrast ${ratio.toFixed(2)}: "${node.textContent.trim().slice(0, 40)}" ${snippet(element)}`,
        );
      }
    }
    return problems;
  });
}
