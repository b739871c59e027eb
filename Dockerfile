# Møteplass on a server: docker build -t moteplass . && docker run -p 8501:8501 -v moteplass:/areas moteplass
FROM python:3.13-slim

ENV PYTHONUTF8=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1

WORKDIR /moteplass
# libexpat1: the wheels of osmium and rasterio bring all other libraries themselves.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libexpat1 \
    && rm -rf /var/lib/apt/lists/*
COPY requirements.txt .
RUN pip install -r requirements.txt

# The program writes in three folders: areas that were built, its compiled kernels, and the files it serves.
ENV MOTEPLASS_HOME=/areas NUMBA_CACHE_DIR=/kernels
RUN useradd --create-home planner \
    && mkdir /areas /kernels static \
    && chown planner /areas /kernels static
COPY . .
USER planner
# On a processor of another kind than the one that built this, once more at the first start.
RUN python -m geo.search.warm
VOLUME /areas
EXPOSE 8501
HEALTHCHECK --start-period=60s CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://localhost:8501/_stcore/health', timeout=5)"]
CMD ["python", "-m", "views", "--server.address=0.0.0.0", "--server.headless=true"]
