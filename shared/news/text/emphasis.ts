import type { Inline } from './blocks.ts'
import type { Run } from './run.ts'
import { TooMuch, textLimits, type Work } from './work.ts'

type Kind = 'strong' | 'emphasis'

type Open = Run & { left: number; readonly opened: Kind[]; closed: number }

/** How many open runs a closing one is compared with: the work of each is bounded, and no text that is read has more. */
const compared = 16

/**
 * True if two runs may belong together: not where one of them may open and close, and their lengths sum up to a multiple
 * of three (CommonMark 0.31, 6.2, rules 9 and 10).
 */
const matches = (open: Open, close: Open): boolean =>
  open.sign === close.sign &&
  !((open.closes || close.opens) && (open.length + close.length) % 3 === 0 && open.length % 3 !== 0)

/** Pairs the runs of a stretch of text: what each opens, outermost last, and how many it closes. */
const paired = (runs: readonly Open[], work: Work): void => {
  const stack: Open[] = []
  for (const run of runs) {
    while (run.closes && run.left > 0) {
      let at = stack.length - 1
      const last = Math.max(0, stack.length - compared)
      while (at >= last && !matches(stack[at] as Open, run)) at--
      work.steps += stack.length - at
      const open = at < last ? undefined : stack[at]
      if (!open) break
      const used = Math.min(open.left, run.left, 2)
      open.left -= used
      run.left -= used
      open.opened.push(used === 2 ? 'strong' : 'emphasis')
      run.closed++
      stack.length = open.left > 0 ? at + 1 : at
    }
    if (run.opens && run.left > 0) stack.push(run)
  }
}

type Frame = { readonly type: Kind | undefined; readonly children: Inline[] }

/** Adds a text to what stands before it, as one part. */
const addText = (children: Inline[], text: string, work: Work): void => {
  if (text === '') return
  const last = children[children.length - 1]
  if (last?.type === 'text') children[children.length - 1] = { type: 'text', text: last.text + text }
  else children.push(work.part({ type: 'text', text }))
}

/** Makes parts of texts, breaks, links and runs: what stands between two runs that belong together is emphasized. */
export const emphasized = (pieces: readonly (Inline | Run)[], work: Work): Inline[] => {
  const opened = pieces.map(piece =>
    piece.type === 'run' ? { ...piece, left: piece.length, opened: [] as Kind[], closed: 0 } : piece,
  )
  paired(
    opened.filter(piece => piece.type === 'run'),
    work,
  )
  work.steps += pieces.length
  const frames: Frame[] = [{ type: undefined, children: [] }]
  const top = () => frames[frames.length - 1]?.children ?? []
  for (const piece of opened) {
    if (piece.type === 'text') addText(top(), piece.text, work)
    else if (piece.type !== 'run') top().push(piece)
    else {
      for (let count = piece.closed; count > 0; count--) {
        const frame = frames.pop()
        if (frame?.type) top().push(work.part({ type: frame.type, children: frame.children }))
      }
      addText(top(), piece.sign.repeat(piece.left), work)
      for (const type of piece.opened.reverse()) frames.push({ type, children: [] })
      if (frames.length > textLimits.emphasis) throw new TooMuch()
    }
  }
  return top()
}
