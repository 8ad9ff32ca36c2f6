/** What a page owes to everybody, checked in the browser: names, labels, contrast, and room. */
import type { Frame, Page } from 'playwright-core';

/** Controls without a name and pictures that are read aloud; empty is what is wanted. */
export const unnamedControls = (where: Page | Frame): Promise<string[]> =>
  where.evaluate(() => {
    const nameOf = (element: Element): string => {
      const labelled = (element.getAttribute('aria-labelledby') ?? '')
        .split(' ')
        .map((id) => document.getElementById(id)?.textContent ?? '')
        .join('');
      const labels = 'labels' in element ? ((element as HTMLInputElement).labels ?? []) : [];
      const label = [...labels].map(({ textContent }) => textContent).join('');
      return [
        element.getAttribute('aria-label'),
        labelled,
        label,
        element.textContent,
        element.getAttribute('title'),
      ]
        .map((text) => text?.trim() ?? '')
        .join('');
    };
    const controls = [
      ...document.querySelectorAll('button, a[href], input, select, textarea, iframe, dialog'),
    ];
    const nameless = controls
      .filter((element) => nameOf(element) === '')
      .map((element) => element.outerHTML.slice(0, 120));
    const loudPictures = [...document.querySelectorAll('svg:not([aria-hidden=true])')].map((svg) =>
      svg.outerHTML.slice(0, 80),
    );
    const repeated = [...document.querySelectorAll('[id]')]
      .map(({ id }) => id)
      .filter((id, at, all) => all.indexOf(id) !== at);
    return [...nameless, ...loudPictures, ...repeated.map((id) => `id ${id} twice`)];
  });

/** Texts whose contrast with what is behind them is under 4.5 to 1 (WCAG 2.2, 1.4.3). Disabled controls are exempt there. */
export const faintTexts = (where: Page | Frame): Promise<string[]> =>
  where.evaluate(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 1;
    canvas.height = 1;
    const pen = canvas.getContext('2d', { willReadFrequently: true });
    const light = (colour: string, behind: string): number => {
      if (pen === null) return 0;
      pen.fillStyle = behind;
      pen.fillRect(0, 0, 1, 1);
      pen.fillStyle = colour;
      pen.fillRect(0, 0, 1, 1);
      const [red = 0, green = 0, blue = 0] = pen.getImageData(0, 0, 1, 1).data;
      const linear = (part: number) => {
        const share = part / 255;
        return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      };
      return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    };
    const page = getComputedStyle(document.body).backgroundColor;
    const backgroundOf = (element: Element | null): string => {
      if (element === null) return page;
      const own = getComputedStyle(element).backgroundColor;
      return /, 0\)$|transparent/.test(own) ? backgroundOf(element.parentElement) : own;
    };
    return [...document.querySelectorAll('body *')].flatMap((element) => {
      const text = [...element.childNodes]
        .filter((node) => node.nodeType === 3)
        .map((node) => node.textContent?.trim())
        .join('');
      const isShown = element instanceof HTMLElement && element.offsetParent !== null;
      if (text === '' || !isShown || element.closest(':disabled') !== null) return [];
      const behind = backgroundOf(element);
      const [a, b] = [light(getComputedStyle(element).color, behind), light(behind, page)];
      const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      return contrast < 4.5 ? [`${text.slice(0, 40)}: ${contrast.toFixed(2)}`] : [];
    });
  });

/** How many pixels the page is wider than its window; 0 is what is wanted. */
export const sidewaysScroll = (where: Page | Frame): Promise<number> =>
  where.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** The names of what has the focus, pressing Tab so often. */
export async function tabThrough(page: Page, times: number): Promise<string[]> {
  const names: string[] = [];
  for (let pressed = 0; pressed < times; pressed += 1) {
    await page.keyboard.press('Tab');
    names.push(
      await page.evaluate(() => {
        const at = document.activeElement;
        return at?.getAttribute('aria-label') ?? at?.textContent?.trim() ?? '';
      }),
    );
  }
  return names;
}
