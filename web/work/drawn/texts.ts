import { catalogue } from '../../platform/catalogue.ts'

/** Texts of photos that a teacher wrote on. */
export const texts = catalogue({
  fr: {
    'work.drawn.alt':
      '{name}, avec {strokes, plural, =0 {les remarques du professeur} one {# trait du professeur} other {# traits du professeur}}',
    'work.drawn.remarks': 'Remarques sur la photo',
    'work.drawn.photo': 'Photo {at, number} sur {all, number}',
    'work.drawn.before': 'Photo précédente',
    'work.drawn.next': 'Photo suivante',
  },
  en: {
    'work.drawn.alt':
      '{name}, with {strokes, plural, =0 {the teacher’s remarks} one {# line of the teacher’s} other {# lines of the teacher’s}}',
    'work.drawn.remarks': 'Remarks on the photo',
    'work.drawn.photo': 'Photo {at, number} of {all, number}',
    'work.drawn.before': 'Photo before',
    'work.drawn.next': 'Next photo',
  },
})
