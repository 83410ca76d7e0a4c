import { catalogue } from '../../platform/catalogue.ts'

/** Texts of the trash. */
export const texts = catalogue({
  fr: {
    'documents.trash.of': 'Corbeille de l’espace {space}',
    'documents.trash.since': 'à la corbeille depuis {when}',
    'documents.trash.restore': 'Remettre',
    'documents.trash.restored': '«\u00a0{name}\u00a0» est de nouveau à sa place.',
    'documents.trash.empty': 'La corbeille est vide',
    'documents.trash.empty.hint': 'Ce que vous y mettez peut être remis pendant 30 jours.',
  },
  en: {
    'documents.trash.of': 'Trash of the space {space}',
    'documents.trash.since': 'in the trash since {when}',
    'documents.trash.restore': 'Put back',
    'documents.trash.restored': '“{name}” is back in its place.',
    'documents.trash.empty': 'The trash is empty',
    'documents.trash.empty.hint': 'What you put here can be put back for 30 days.',
  },
})
