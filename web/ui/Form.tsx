import { Button, PasswordInput, type PasswordInputProps } from "@mantine/core";
import { type FormEvent, type ReactNode, use, useState } from "react";
import { messageOf } from "./ErrorState.tsx";
import { passwordStrength } from "./password.ts";
import { useTexts } from "./texts.ts";
import { uiTexts } from "./ui.texts.ts";
import { UnsavedContext } from "./unsaved.ts";

type FormProps = {
  submitLabel: string;
  /** The form waits for it and shows its failure above the button. */
  onSubmit: () => Promise<unknown>;
  /** Returns true when every field is right; use `fields.check()`. */
  check?: () => boolean;
  children: ReactNode;
  isFullWidth?: boolean;
  secondary?: ReactNode;
};

/** Fields, one main button, and what went wrong in words. */
export const Form = ({ submitLabel, onSubmit, check, children, isFullWidth = false, secondary }: FormProps) => {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const guard = use(UnsavedContext);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (check && !check()) return;
    setBusy(true);
    setFailure(null);
    guard?.send(1);
    try {
      await onSubmit();
    } catch (refusal) {
      setFailure(refusal);
    } finally {
      guard?.send(-1);
      setBusy(false);
    }
  };
  return (
    <form className="form" onSubmit={(event) => void submit(event)} noValidate>
      {children}
      {failure !== null && (
        <p className="form-failure" role="alert">
          {messageOf(failure)}
        </p>
      )}
      <div className="form-actions">
        <Button type="submit" size="sm" loading={isBusy} fullWidth={isFullWidth}>
          {submitLabel}
        </Button>
        {secondary}
      </div>
    </form>
  );
};

/** A password or another secret, with an eye that keys reach as well and, where one is chosen, how strong it is. */
export const PasswordField = ({ value, hasStrength = false, ...rest }: PasswordInputProps & { value: string; hasStrength?: boolean }) => {
  const t = useTexts(uiTexts);
  const strength = passwordStrength(value);
  const words = [t("strengthWeak"), t("strengthWeak"), t("strengthFair"), t("strengthGood"), t("strengthStrong")];
  return (
    <div>
      <PasswordInput {...rest} value={value} visibilityToggleButtonProps={{ "aria-label": t("showPassword"), tabIndex: 0 }} />
      {hasStrength && value !== "" && (
        <div className={`strength strength-${strength}`} role="status">
          <span className="strength-bar" aria-hidden>
            <i />
            <i />
            <i />
            <i />
          </span>
          {words[strength]}
        </div>
      )}
    </div>
  );
};
