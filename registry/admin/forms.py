"""What the forms of the admin share."""

from typing import TYPE_CHECKING, Any

from django import forms

from registry.admin.widgets import ConditionField
from registry.conditions import ConditionError, Level, Vocabulary, parse
from registry.facilities.vocabulary import current_vocabulary
from registry.language import active_language

if TYPE_CHECKING:

    class AdminForm(forms.ModelForm[Any]):
        pass

else:
    AdminForm = forms.ModelForm


class ConditionForm(AdminForm):
    """A form whose conditions are read over the facts of today; one that cannot be read is refused with its place."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        vocabulary = current_vocabulary()
        for name, field in self.fields.items():
            if isinstance(field, ConditionField) and self.cleaned_data.get(name):
                self._check(name, field, vocabulary)
        return cleaned

    def _check(self, name: str, field: ConditionField, vocabulary: Vocabulary) -> None:
        subject = self.condition_level()
        try:
            parse(
                self.cleaned_data[name],
                vocabulary,
                level=Level(subject) if subject else None,
                result=field.kind.value,
            )
        except ConditionError as error:
            self.add_error(name, error.describe(active_language()))

    def condition_level(self) -> str:
        """The subject whose facts the conditions see."""
        return str(self.cleaned_data.get("subject") or "")
