from iqn.files.models import FileSet, Upload
from iqn.tracking import track

for model in (FileSet, Upload):
    track(model)
