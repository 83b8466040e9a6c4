"""Makes the archive's account in paperless-ngx, with the rights that it needs and no others, and prints its token.

Runs inside the server's own environment; safe to run again (rights are added, the token stays the same):

    python3 manage.py shell --no-imports --verbosity 0 < archive-account.py

ARCHIVE_ACCOUNT names the account, `dossier` if it is not set. It has no password: nobody logs in with it.
"""

import os

from django.contrib.auth.models import Permission, User
from rest_framework.authtoken.models import Token

RIGHTS = {
    # filing, labelling, searching; a document that was cut off half-way is taken away again
    "document": "add view change delete",
    "tag": "add view change delete",
    "documenttype": "add view change delete",
    "customfield": "add view change delete",
    "paperlesstask": "view",
    "note": "add view",
    "correspondent": "view",
    "uisettings": "view",
    # `dossier init`: the groups of the levels, the storage path, the views
    "group": "add view",
    "storagepath": "add view change",
    "savedview": "add view change",
    # what on the server could hurt the archive; links that show documents to everybody
    "workflow": "view",
    "applicationconfiguration": "view",
    "sharelink": "view delete",
    "sharelinkbundle": "view delete",
    # who changed what
    "logentry": "view",
}

wanted = {f"{deed}_{model}" for model, deeds in RIGHTS.items() for deed in deeds.split()}
known = Permission.objects.filter(codename__in=wanted)
missing = sorted(wanted - set(known.values_list("codename", flat=True)))
if missing:
    raise SystemExit(f"this paperless-ngx has no right {', '.join(missing)}: version 3 is needed")
account, new = User.objects.get_or_create(username=os.environ.get("ARCHIVE_ACCOUNT", "dossier"))
if new:
    account.set_unusable_password()
    account.save()
account.user_permissions.add(*known)
token, _ = Token.objects.get_or_create(user=account)
print(token.key)
