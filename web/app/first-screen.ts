/** Milliseconds after which what waits for the first screen no longer does: it shows an error, or its code hangs. */
const longestWait = 8_000

let note = () => {}
const isPainted = new Promise<void>(resolve => {
  note = resolve
})

/** Milliseconds from the frame after a screen is there until it is seen: a slow phone paints late. */
const painting = 100

/** Called when a screen is there. */
export const noteScreen = (): void => {
  requestAnimationFrame(() => setTimeout(note, painting))
}

/** Calls `then` once the first screen is painted, for what is not to compete with it for the network. */
export const afterFirstScreen = (then: () => void): void => {
  void isPainted.then(then)
  setTimeout(note, longestWait)
}
