import { TONES } from '@callwright/channel-contract';
import { NumberInput, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ExpressionField } from './ExpressionField.js';
import { MediaField } from './MediaField.js';
import type { PromptPart } from './PromptParts.js';

/** The one value of a part, by its kind. */
export function PartValue({
  part,
  title,
  error,
  onChange,
}: {
  part: PromptPart;
  title: string;
  error: string | null;
  onChange: (part: PromptPart) => void;
}) {
  const { t } = useTranslation();
  if ('say' in part) {
    return (
      <ExpressionField
        name={title}
        braces
        aria-label={t('{{title}}: text that is spoken', { title })}
        rows={2}
        placeholder={t('Welcome to …')}
        value={part.say}
        error={error}
        onChange={(say) => onChange({ say })}
      />
    );
  }
  if ('play' in part) {
    return (
      <MediaField
        aria-label={t('{{title}}: media that is played', { title })}
        value={part.play}
        error={error}
        onChange={(play) => onChange({ play })}
      />
    );
  }
  if ('tone' in part) {
    return (
      <Select
        aria-label={t('{{title}}: tone', { title })}
        data={[...TONES]}
        value={part.tone}
        error={error}
        allowDeselect={false}
        onChange={(tone) => onChange({ tone: tone ?? 'beep' })}
      />
    );
  }
  return (
    <NumberInput
      aria-label={t('{{title}}: silence in ms', { title })}
      suffix=" ms"
      min={0}
      step={100}
      value={part.silence}
      error={error}
      onChange={(silence) => onChange({ silence: typeof silence === 'number' ? silence : 0 })}
    />
  );
}
