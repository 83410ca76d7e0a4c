import { catalogue } from '../../../platform/catalogue.ts'

/** Texts of writing on a photo or page that was handed in. */
export const texts = catalogue({
  fr: {
    'work.drawing.tools': 'Écrire sur la page',
    'work.drawing.red': 'Stylo rouge',
    'work.drawing.green': 'Stylo vert',
    'work.drawing.blue': 'Stylo bleu',
    'work.drawing.eraser': 'Gomme',
    'work.drawing.undo': 'Annuler',
    'work.drawing.clear': 'Tout effacer sur cette page',
    'work.drawing.remark': 'Remarque',
    'work.drawing.remark.of': 'Remarque {number, number}',
    'work.drawing.remark.remove': 'Retirer la remarque {number, number}',
    'work.drawing.remarks': 'Remarques sur la page',
    'work.drawing.number': 'Remarque {number, number}\u00a0: {text}. Les flèches la déplacent.',
    'work.drawing.photo':
      '{name}{strokes, plural, =0 {} one {, avec # trait de votre main} other {, avec # traits de votre main}}',
    'work.drawing.untouched': 'L’original reste intact\u00a0: vos traits sont posés par-dessus.',
    'work.drawing.full': 'Cette page ne peut pas porter plus de traits\u00a0: effacez-en, ou écrivez un commentaire.',
  },
  en: {
    'work.drawing.tools': 'Write on the page',
    'work.drawing.red': 'Red pen',
    'work.drawing.green': 'Green pen',
    'work.drawing.blue': 'Blue pen',
    'work.drawing.eraser': 'Eraser',
    'work.drawing.undo': 'Undo',
    'work.drawing.clear': 'Clear this page',
    'work.drawing.remark': 'Remark',
    'work.drawing.remark.of': 'Remark {number, number}',
    'work.drawing.remark.remove': 'Remove remark {number, number}',
    'work.drawing.remarks': 'Remarks on the page',
    'work.drawing.number': 'Remark {number, number}: {text}. The arrow keys move it.',
    'work.drawing.photo': '{name}{strokes, plural, =0 {} one {, with # line of yours} other {, with # lines of yours}}',
    'work.drawing.untouched': 'The original stays as it is: your lines lie over it.',
    'work.drawing.full': 'This page cannot take more lines: erase some, or write a comment.',
  },
})
