import { catalogue } from '../../platform/catalogue.ts'

/** Why the import refused or left out what concerns somebody, in words of those who keep the school's records. */
export const texts = catalogue({
  fr: {
    'directory.reason.no-name': 'la fiche n’a ni nom ni prénom',
    'directory.reason.no-school': 'la fiche n’est rattachée à aucun établissement du fichier',
    'directory.reason.unknown-key': 'le fichier change ou retire une fiche que personne ne connaît',
    'directory.reason.person-refused': 'la fiche de la personne est refusée\u00a0: rien ne change pour elle',
    'directory.reason.same-key': 'deux fiches portent le même identifiant\u00a0: la première est retenue',
    'directory.reason.twice': 'la fiche figure deux fois dans le fichier',
    'directory.reason.more-rows': 'la fiche figure plusieurs fois\u00a0: tout est repris',
    'directory.reason.guardian-of-nobody': 'responsable d’aucun élève du fichier\u00a0: pas d’accès pour l’instant',
    'directory.reason.guardian-is-none':
      'un responsable indiqué n’est pas responsable d’après sa propre fiche\u00a0: importé sans lui',
    'directory.reason.guardian-missing': 'un responsable indiqué ne figure pas dans le fichier\u00a0: importé sans lui',
    'directory.reason.child-is-none': 'l’enfant indiqué n’est pas un élève du fichier\u00a0: pas d’accès à cet enfant',
    'directory.reason.over': 'tout ce que dit la fiche est terminé',
    'directory.reason.held': 'la personne reste telle quelle dans l’établissement retenu',
    'directory.reason.may-be':
      'plusieurs personnes connues par d’autres fichiers peuvent être celle-ci\u00a0: chacune garde son compte, jusqu’à ce que le gestionnaire du territoire les réunisse',
    'directory.reason.another-person':
      'l’identifiant était celui de quelqu’un d’autre, dont le compte est fermé\u00a0: la personne attend que le gestionnaire du territoire réponde',
    'directory.reason.legal-link':
      'la version du fichier est illisible\u00a0: les responsables de rang 2 ne comptent pas',
    'directory.reason.unknown-role': 'le rôle indiqué n’est pas connu',
    'directory.reason.gone': 'la fiche est marquée comme supprimée ou inactive',
    'directory.reason.other': 'la fiche n’a pas pu être reprise telle quelle. Détail, en anglais\u00a0:',
  },
  en: {
    'directory.reason.no-name': 'the record has neither family nor given name',
    'directory.reason.no-school': 'the record belongs to no school of the file',
    'directory.reason.unknown-key': 'the file changes or takes away a record that nobody knows',
    'directory.reason.person-refused': 'the person’s own record is refused: nothing changes for them',
    'directory.reason.same-key': 'two records have the same key: the first one is taken',
    'directory.reason.twice': 'the record stands twice in the file',
    'directory.reason.more-rows': 'the record stands several times: all of it is taken',
    'directory.reason.guardian-of-nobody': 'a guardian of no pupil of the file: no access for now',
    'directory.reason.guardian-is-none': 'a guardian it names is none by their own record: imported without',
    'directory.reason.guardian-missing': 'a guardian it names is not in the file: imported without',
    'directory.reason.child-is-none': 'the child it names is no pupil of the file: no access to them',
    'directory.reason.over': 'all that the record says is over',
    'directory.reason.held': 'the person stays as they were in the school that is held',
    'directory.reason.may-be':
      'several people known from other feeds may be this one: each keeps an account of their own until the operator of the territory joins them',
    'directory.reason.another-person':
      'the key was somebody else’s, whose account is closed: the person waits for the operator of the territory to answer',
    'directory.reason.legal-link': 'the version of the file cannot be read: guardians of rank 2 do not count',
    'directory.reason.unknown-role': 'the role it states is not known',
    'directory.reason.gone': 'the record is marked as deleted or inactive',
    'directory.reason.other': 'the record could not be taken as it is. Details:',
  },
})
