import { fold } from '../../shared/kernel/names.ts'
import { firstSigns } from '../../shared/kernel/text.ts'
import { classes } from '../ui/classes.ts'
import styles from './subject.module.css'

/** Initials of subjects that schools write shortly in one way. */
const usual: Readonly<Record<string, string>> = {
  'education physique et sportive': 'EP',
  'education civique': 'EC',
  'education musicale': 'MU',
  'histoire geographie': 'HG',
  'physique chimie': 'PC',
  'sciences de la vie et de la terre': 'SV',
  'sciences et technologie': 'ST',
}

const colours = ['one', 'two', 'three', 'four', 'five'] as const

/** The initials and the colour of a subject: the same wherever it is written, whatever its accents and capitals. */
export const subjectFace = (
  subject: string,
): { readonly initials: string; readonly colour: (typeof colours)[number] } => {
  const folded = fold(subject)
  const words = folded.split(' ').filter(word => word.length > 2)
  const [first = folded, second] = words
  const initials =
    usual[folded] ?? (second === undefined ? firstSigns(first, 2) : `${first[0]}${second[0]}`).toUpperCase()
  const sum = [...folded].reduce((total, letter) => (total * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 7)
  return { initials: initials === '' ? '·' : initials, colour: colours[sum % colours.length] ?? 'one' }
}

/** The mark of a subject, beside words that name it. */
export const SubjectMark = ({ subject }: { readonly subject: string }) => {
  const { initials, colour } = subjectFace(subject)
  return (
    <span className={classes(styles.mark, styles[colour])} aria-hidden="true">
      {initials}
    </span>
  )
}
