import { catalogue } from '../../platform/catalogue.ts'

/** Texts of photos and pages that a teacher wrote on. */
export const texts = catalogue({
  fr: {
    'work.drawn.alt':
      '{name}, avec {strokes, plural, =0 {les remarques du professeur} one {# trait du professeur} other {# traits du professeur}}',
    'work.drawn.remarks': 'Remarques sur la page',
    'work.drawn.page.failed':
      'La page {page, number} de {name} ne peut pas être affichée ici{strokes, plural, =0 {} one {\u00a0: le professeur y a fait # trait} other {\u00a0: le professeur y a fait # traits}}. Essayez sur un autre appareil.',
  },
  en: {
    'work.drawn.alt':
      '{name}, with {strokes, plural, =0 {the teacher’s remarks} one {# line of the teacher’s} other {# lines of the teacher’s}}',
    'work.drawn.remarks': 'Remarks on the page',
    'work.drawn.page.failed':
      'Page {page, number} of {name} cannot be shown here{strokes, plural, =0 {} one {: the teacher drew # line on it} other {: the teacher drew # lines on it}}. Try on another device.',
  },
})
