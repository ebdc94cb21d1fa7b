"""What people may change about themselves."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ProfileForm(forms.Form):
    """Name and address; role, operator and ministry are given by an administrator."""

    display_name = forms.CharField(label=_("이름"), max_length=100, required=False)
    email = forms.EmailField(label=_("전자우편"), required=False)
