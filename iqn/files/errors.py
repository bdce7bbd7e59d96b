"""Why a file was refused. Each carries a sentence that says what to do instead."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


class FileRefused(Exception):
    sentence = _("This file cannot be taken.")

    def __str__(self) -> str:
        return str(self.sentence)


class Empty(FileRefused):
    sentence = _("The file is empty.")


class TooLarge(FileRefused):
    sentence = _("The file is larger than 10 MB. Make it smaller, or split it.")


class UnknownFormat(FileRefused):
    sentence = _("Only PDF, Word (DOCX), PNG and JPEG files are taken. Save the file as one of these.")


class NameDisagrees(FileRefused):
    sentence = _(
        "The end of the file’s name does not fit what is in it. Save it again from the program that made it."
    )


class NameRefused(FileRefused):
    sentence = _("The file has a name that cannot be taken. Give it a plain name.")


class Damaged(FileRefused):
    sentence = _("The file is damaged or cut off. Save it again from the program that made it.")


class TwoThings(FileRefused):
    sentence = _("The file holds something beside what its format says. Save it again, or print it to PDF.")


class ActiveContent(FileRefused):
    sentence = _("The file holds a program, a macro or another file. Save it without, or print it to PDF.")


class CallsOutside(FileRefused):
    sentence = _("The file loads something from another computer when it is opened. Print it to PDF instead.")


class Locked(FileRefused):
    sentence = _("The file is protected by a password. Save it without protection.")


class TooMuchInside(FileRefused):
    sentence = _("There is more packed into this file than can be taken. Make it smaller, or split it.")


class NothingToTranslate(FileRefused):
    sentence = _("The newest version is not there in the other language, so it is not translated yet.")
