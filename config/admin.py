"""Django's admin app, with this project's site in place of the stock one."""

from django.contrib.admin.apps import AdminConfig


class IlwonAdminConfig(AdminConfig):
    default_site = "registry.people.admin_site.IlwonAdminSite"
