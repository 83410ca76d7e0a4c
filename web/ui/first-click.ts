/**
 * False for the second click of a double one, by a click's `detail` (UI Events: how many in a row). For a button that signs
 * and whose place another one takes at once: somebody who taps twice signs the first alone. A key gives 0.
 */
export const isFirstOfClicks = (detail: number): boolean => detail <= 1
