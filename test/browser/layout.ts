import type { Page } from 'playwright-core'

/** CSS pixels by which two boxes may overlap: the lines of letters are a little higher than their line. */
const slack = 3

/** The smallest type, in CSS pixels of a page whose text has its ordinary size. */
const smallest = 14

/** Sets the size of text, in per cent, as people do in their browser's settings: media queries in em follow it. */
export const enlargeText = async (page: Page, percent: number): Promise<void> => {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Page.setFontSizes', { fontSizes: { standard: (16 * percent) / 100 } })
  await devtools.detach()
}

/**
 * What is wrong with how a page is laid out, one line each; empty if nothing is: where the page is wider than its window, a
 * text is cut off or too small, or a control or text lies over another that is not a part of it. What is placed over the
 * page on purpose (a bar, a menu, a dialog) is compared only with what is in it.
 */
export const layoutFaults = (page: Page): Promise<string[]> =>
  page.evaluate(
    ({ most, least }) => {
      type Box = { left: number; top: number; right: number; bottom: number }
      type Part = { element: Element; name: string; boxes: Box[] }
      const isSeen = (element: Element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
      const withAncestors = (element: Element): Element[] => {
        const all: Element[] = []
        for (let at: Element | null = element; at && at !== document.body; at = at.parentElement) all.push(at)
        return all
      }

      const hides = (overflow: string) => overflow === 'hidden' || overflow === 'clip'
      const cuts = (overflow: string) => overflow !== 'visible'
      /** What is left of a box within its ancestors whose overflow `is` of that kind. */
      const cut = (box: Box, element: Element, is: (overflow: string) => boolean): Box => {
        let { left, top, right, bottom } = box
        for (const at of withAncestors(element)) {
          const { overflowX, overflowY, position } = getComputedStyle(at)
          const around = at.getBoundingClientRect()
          if (is(overflowX)) [left, right] = [Math.max(left, around.left), Math.min(right, around.right)]
          if (is(overflowY)) [top, bottom] = [Math.max(top, around.top), Math.min(bottom, around.bottom)]
          if (position === 'fixed') break
        }
        return { left, top, right, bottom }
      }
      const boxesOf = (of: Element | Range, element: Element): Box[] =>
        [...of.getClientRects()]
          .map(box => cut(box, element, cuts))
          .filter(({ left, top, right, bottom }) => right - left > most && bottom - top > most)

      /** What it is laid out with. */
      const layerOf = (element: Element): Element =>
        withAncestors(element).find(
          at => ['absolute', 'fixed', 'sticky'].includes(getComputedStyle(at).position) || at.matches('dialog'),
        ) ?? document.body
      const controls = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
        .filter(isSeen)
        .map((element): Part => {
          const name = element.getAttribute('aria-label') ?? element.textContent?.trim()
          return { element, name: `${element.localName} “${name}”`, boxes: boxesOf(element, element) }
        })

      /** For screen readers alone. */
      const isForListening = (element: Element) =>
        withAncestors(element).some(
          at => at.clientWidth <= 1 && at.clientHeight <= 1 && getComputedStyle(at).position === 'absolute',
        )
      /** It says itself that its end is left out. */
      const isAbridged = (element: Element) =>
        withAncestors(element).some(at => {
          const { textOverflow, webkitLineClamp } = getComputedStyle(at)
          return textOverflow === 'ellipsis' || webkitLineClamp !== 'none'
        })
      const scale = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16
      const faults: string[] = []
      const beyond = document.documentElement.scrollWidth - document.documentElement.clientWidth
      if (beyond > 0) faults.push(`${beyond} pixels beyond the side`)
      const texts: Part[] = []
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node.parentElement
        if (!element || !node.textContent?.trim() || element.closest('select, textarea, script, style')) continue
        if (!isSeen(element) || isForListening(element)) continue
        const range = document.createRange()
        range.selectNodeContents(node)
        const name = `“${node.textContent.trim()}”`
        texts.push({ element, name, boxes: boxesOf(range, element) })
        const size = Number.parseFloat(getComputedStyle(element).fontSize) / scale
        if (size < least && !element.closest('sup, sub')) faults.push(`${name} is of ${size} px`)
        const isCut = [...range.getClientRects()].some(box => {
          const left = cut(box, element, hides)
          const lost = [left.left - box.left, box.right - left.right, left.top - box.top, box.bottom - left.bottom]
          return Math.max(...lost) > most
        })
        if (isCut && !isAbridged(element)) faults.push(`${name} is cut off`)
      }

      const isPart = (one: Element, other: Element) =>
        one.contains(other) || other.contains(one) || (one.closest('label')?.contains(other) ?? false)
      const meet = (one: Box, other: Box) =>
        Math.min(one.right, other.right) - Math.max(one.left, other.left) > most &&
        Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > most
      const over = (part: Part, others: readonly Part[]): string[] => {
        const met = others.filter(
          ({ element, boxes }) =>
            !isPart(part.element, element) && boxes.some(box => part.boxes.some(own => meet(own, box))),
        )
        const layer = layerOf(part.element)
        return met.filter(({ element }) => layerOf(element) === layer).map(({ name }) => `${part.name} over ${name}`)
      }
      for (const [at, control] of controls.entries())
        faults.push(...over(control, [...controls.slice(at + 1), ...texts]))
      for (const [at, text] of texts.entries()) faults.push(...over(text, texts.slice(at + 1)))
      return [...new Set(faults)]
    },
    { most: slack, least: smallest },
  )
