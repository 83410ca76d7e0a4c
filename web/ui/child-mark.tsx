import { firstSigns } from '../../shared/kernel/text.ts'
import styles from './child-mark.module.css'
import { classes } from './classes.ts'
import { VisuallyHidden } from './visually-hidden.tsx'

type Child = { readonly id: string; readonly givenName: string }

/** How one of a guardian's children is distinguished: a colour's number (1 to 5), and one or two letters. */
export type ChildFace = { readonly colour: 1 | 2 | 3 | 4 | 5; readonly initial: string; readonly name: string }

const colours = [1, 2, 3, 4, 5] as const

/**
 * The marks of a guardian's children, by id. The same children always get the same ones, in whatever order they come;
 * two whose names begin with the same letter get two letters.
 */
export const childFaces = (children: readonly Child[]): ReadonlyMap<string, ChildFace> => {
  const known = [...new Map(children.map(child => [child.id, child])).values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  return new Map(
    known.map((child, index) => {
      const first = firstSigns(child.givenName, 1).toUpperCase()
      const alone = known.every(
        other => other.id === child.id || firstSigns(other.givenName, 1).toUpperCase() !== first,
      )
      const initial = alone ? first : first + firstSigns(child.givenName, 2).slice(first.length)
      return [child.id, { colour: colours[index % colours.length] ?? 1, initial, name: child.givenName }] as const
    }),
  )
}

const colourClass = { 1: styles.one, 2: styles.two, 3: styles.three, 4: styles.four, 5: styles.five } as const

/** A child's mark. `silent` where the name is written beside it. */
export const ChildMark = ({ face, silent = false }: { readonly face: ChildFace; readonly silent?: boolean }) => (
  <span className={classes(styles.mark, colourClass[face.colour])}>
    <span aria-hidden="true">{face.initial}</span>
    {!silent && <VisuallyHidden>{face.name}</VisuallyHidden>}
  </span>
)
