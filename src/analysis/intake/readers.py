import sys; sys.path.insert(0,'/tmp')
from quick import xlsx,text,ods
from pathlib import Path
def read_grids(p):
    return {'.xlsx':xlsx,'.csv':text,'.ods':ods}[Path(p).suffix](str(p))
