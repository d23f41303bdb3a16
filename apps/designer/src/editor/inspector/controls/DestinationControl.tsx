import { Autocomplete, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '../../../api/queries.js';
import { currentLocale } from '../../../i18n/language.js';
import { orUnset, textOf, type ControlProps } from './control.js';
import { InsertValue } from './InsertValue.js';
import { readNumber, type ReadNumber } from './phoneNumber.js';

const EXAMPLES = 'phone:sales, +37060000000, sip:…';

/** Who is called: a phone, a number, a trunk, a SIP address or another scenario. A number becomes E.164 when the field is left. */
export function DestinationControl({ title, description, required, value, error, onChange }: ControlProps) {
  const { t } = useTranslation();
  const phones = useQuery(queries.phones());
  const trunks = useQuery(queries.trunks());
  const scenarios = useQuery(queries.scenarios());
  const text = textOf(value);
  const [number, setNumber] = useState<ReadNumber | null>(null);
  useEffect(() => {
    let left = false;
    void readNumber(text, currentLocale()).then((read) => {
      if (!left) setNumber(read);
    });
    return () => {
      left = true;
    };
  }, [text]);
  return (
    <div>
      <Autocomplete
        label={title}
        description={description}
        withAsterisk={required}
        error={error}
        placeholder={EXAMPLES}
        data={[
          { group: t('Phones'), items: (phones.data ?? []).map(({ username }) => `phone:${username}`) },
          { group: t('Trunks'), items: (trunks.data ?? []).map(({ name }) => `trunk:${name}/`) },
          { group: t('Scenarios'), items: (scenarios.data ?? []).map(({ documentId }) => `scenario:${documentId}`) },
        ].filter(({ items }) => items.length > 0)}
        value={text}
        onChange={(next) => onChange(orUnset(next, required))}
        onBlur={() => {
          if (number && number.e164 !== text) onChange(number.e164);
        }}
        rightSection={<InsertValue label={title} onInsert={(inserted) => onChange(`${text}${inserted}`)} />}
      />
      {number && (
        <Text size="xs" c="dimmed" mt={4} role="status">
          {t('{{number}}, {{country}}', { number: number.international, country: number.country })}
        </Text>
      )}
    </div>
  );
}
