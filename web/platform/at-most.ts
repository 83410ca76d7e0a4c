/** Waits for `work`, which goes on, for at most so many milliseconds. What it throws is left to whoever began it. */
export const atMost = async (milliseconds: number, work: Promise<unknown>): Promise<void> => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<void>(resolve => {
    timer = setTimeout(resolve, milliseconds)
  })
  await Promise.race([work.then(undefined, () => undefined), late])
  clearTimeout(timer)
}
