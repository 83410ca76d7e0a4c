import { useState } from 'react'
import { useTexts } from '../../platform/catalogue.ts'
import { Checkbox } from '../../ui/checkbox.tsx'
import { keepOriginals, keepsOriginals } from './photo.ts'
import { texts } from './texts.ts'

/** Whether photos are sent as they were taken: kept on this device. */
export const PhotoSetting = () => {
  const t = useTexts(texts)
  const [keeps, setKeeps] = useState(keepsOriginals)
  return (
    <Checkbox
      label={t('documents.upload.originals')}
      hint={t('documents.upload.originals.hint')}
      checked={keeps}
      onChange={checked => {
        keepOriginals(checked)
        setKeeps(checked)
      }}
    />
  )
}
