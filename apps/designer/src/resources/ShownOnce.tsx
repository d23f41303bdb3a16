import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Copyable } from '../ui/Copyable.js';

/** A secret that the server tells exactly once. */
export function ShownOnce({
  title,
  text,
  value,
  label,
  onClose,
}: {
  title: string;
  text: string;
  value: string;
  label: string;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Modal opened onClose={onClose} title={title} closeOnClickOutside={false}>
      <Stack>
        <Text size="sm">{text}</Text>
        <Copyable value={value} label={label} />
        <Group justify="flex-end">
          <Button onClick={onClose}>{t('I have kept it')}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
