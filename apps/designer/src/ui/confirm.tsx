import { Button, Group, Modal, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useState, type ReactNode } from 'react';

export interface Question {
  readonly title: string;
  readonly text: ReactNode;
  /** What the button that goes ahead says: a verb. */
  readonly verb: string;
  readonly onYes: () => Promise<unknown> | void;
}

/** Asks before something that cannot be undone. `ask` opens the question, `dialog` must be drawn somewhere. */
export function useConfirm() {
  const { t } = useTranslation();
  const [question, setQuestion] = useState<Question | null>(null);
  const [busy, setBusy] = useState(false);
  const close = () => setQuestion(null);
  const yes = async () => {
    setBusy(true);
    try {
      await question?.onYes();
      close();
    } finally {
      setBusy(false);
    }
  };
  const dialog = (
    <Modal opened={question !== null} onClose={close} title={question?.title} size="sm">
      <Text size="sm">{question?.text}</Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={close} data-autofocus>
          {t('Cancel')}
        </Button>
        <Button color="red" loading={busy} onClick={() => void yes()}>
          {question?.verb}
        </Button>
      </Group>
    </Modal>
  );
  return { ask: setQuestion, dialog };
}
