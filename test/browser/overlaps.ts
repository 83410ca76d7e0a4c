import type { Page } from 'playwright-core'

/** CSS pixels by which two boxes may overlap: the lines of letters are a little higher than their line. */
const slack = 3

/**
 * Where a control lies over a text or another control that is not a part of it, one line each; empty if nowhere. What is
 * placed over the page on purpose (a bar, a menu, a dialog) is compared only with what is in it.
 */
export const overlaps = (page: Page): Promise<string[]> =>
  page.evaluate(most => {
    type Box = { left: number; top: number; right: number; bottom: number }
    type Part = { element: Element; name: string; boxes: Box[] }
    const isSeen = (element: Element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true })

    /** What its ancestors do not cut off. */
    const cut = (box: Box, element: Element): Box => {
      let { left, top, right, bottom } = box
      for (let at: Element | null = element; at && at !== document.body; at = at.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(at)
        if (overflowX === 'visible' && overflowY === 'visible') continue
        const around = at.getBoundingClientRect()
        left = Math.max(left, around.left)
        top = Math.max(top, around.top)
        right = Math.min(right, around.right)
        bottom = Math.min(bottom, around.bottom)
      }
      return { left, top, right, bottom }
    }
    const boxesOf = (of: Element | Range, element: Element): Box[] =>
      [...of.getClientRects()]
        .map(box => cut(box, element))
        .filter(({ left, top, right, bottom }) => right - left > most && bottom - top > most)

    /** What it is laid out with. */
    const layerOf = (element: Element): Element => {
      for (let at: Element | null = element; at; at = at.parentElement)
        if (['absolute', 'fixed', 'sticky'].includes(getComputedStyle(at).position) || at.matches('dialog')) return at
      return document.body
    }
    const controls = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
      .filter(isSeen)
      .map((element): Part => {
        const name = element.getAttribute('aria-label') ?? element.textContent?.trim()
        return { element, name: `${element.localName} “${name}”`, boxes: boxesOf(element, element) }
      })
    const texts: Part[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement
      if (!element || !node.textContent?.trim() || element.closest('select, textarea, script, style')) continue
      if (!isSeen(element)) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      texts.push({ element, name: `“${node.textContent.trim()}”`, boxes: boxesOf(range, element) })
    }
    const isPart = (one: Element, other: Element) =>
      one.contains(other) || other.contains(one) || (one.closest('label')?.contains(other) ?? false)
    const meet = (one: Box, other: Box) =>
      Math.min(one.right, other.right) - Math.max(one.left, other.left) > most &&
      Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > most
    return controls.flatMap((control, at) => {
      const layer = layerOf(control.element)
      return [...controls.slice(at + 1), ...texts]
        .filter(
          ({ element, boxes }) =>
            !isPart(control.element, element) &&
            boxes.some(box => control.boxes.some(own => meet(own, box))) &&
            layerOf(element) === layer,
        )
        .map(({ name }) => `${control.name} over ${name}`)
    })
  }, slack)
